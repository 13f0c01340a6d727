"""`./dev bench NAME [ARGUMENT...]`: one measurement. Without a name: the list."""

import sys

from tests.bench import links

BENCHES = {"links": links.main}


def main() -> int:
    name, *arguments = sys.argv[1:] or [""]
    if name not in BENCHES:
        sys.stdout.write("".join(f"./dev bench {known}\n" for known in BENCHES))
        return 2 if name else 0
    BENCHES[name](arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
