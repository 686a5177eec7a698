"""A whole site onto AWS, or onto what answers at AWS_ENDPOINT_URL, and away again: `make deploy`, `make destroy`."""
