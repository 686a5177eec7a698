"""The schema of what is stored, and its migration."""

from chalicelib import responses
from chalicelib.actions.administration import schema
from chalicelib.errors import Conflict
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_SCHEMA = "/v1/site/schema"


@routes.get(_SCHEMA, access=Access.ADMIN, answer=responses.Schema)
def show(call: Call[None]) -> responses.Schema:
    """Tell the version of the schema, and how far what is stored has it, as an administrator."""
    return schema.show()


@routes.post(_SCHEMA, access=Access.ADMIN, answer=responses.SchemaMigration, status=202, errors=(Conflict,))
def migrate(call: Call[None]) -> responses.SchemaMigration:
    """Have all that is stored looked through for what a former build left, as an administrator."""
    return schema.begin(call.account, call.now)
