"""Promise: scores.txt is data: no object is made of it, and no alias makes it large."""

open("/app/output/scores.txt", "w").write(
    "reached: !!python/object/apply:os.system ['echo broken in > /tmp/agon-was-here']\n"
    "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b]\n"
)
