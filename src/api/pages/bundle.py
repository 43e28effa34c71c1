"""bundle.py ROOT NODE_MODULES OUTPUT: writes each page, plain and compressed, and page_files.cpp, which holds them all."""

import gzip
import json
import pathlib
import sys

import yaml

HEAD = """// Made by src/api/pages/bundle.py.
#include "api/pages.hpp"

"""
BYTES = """asm(R"(
  .section .rodata
  .global {symbol}
{symbol}:
  .incbin "{path}"
  .previous
)");
extern "C" const char {symbol}[];
"""


def contract(path):
    """openapi.yaml as JSON."""
    return json.dumps(yaml.safe_load(path.read_text()), ensure_ascii=False).encode()


def without_foreign_image(bundle):
    """The page asks nothing of other hosts: the image at its foot becomes an empty one."""
    foreign, own = b"https://cdn.redoc.ly/redoc/logo-mini.svg", b"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"
    if bundle.count(foreign) != 1:
        raise SystemExit("bundle.py: redoc's bundle does not name its image as expected")
    return bundle.replace(foreign, own)


def pages(root, modules):
    """What is served, by path."""
    own, swagger, redoc = root / "src/api/pages", modules / "swagger-ui-dist", modules / "redoc/bundles"
    return {
        "/openapi.json": contract(root / "openapi.yaml"),
        "/docs": (own / "docs.html").read_bytes(),
        "/docs/start.js": (own / "docs.js").read_bytes(),
        "/docs/favicon.png": (swagger / "favicon-32x32.png").read_bytes(),
        "/docs/swagger-ui.css": (swagger / "swagger-ui.css").read_bytes(),
        "/docs/swagger-ui-bundle.js": (swagger / "swagger-ui-bundle.js").read_bytes(),
        "/redoc": (own / "redoc.html").read_bytes(),
        "/redoc/start.js": (own / "redoc.js").read_bytes(),
        "/redoc/page.css": (own / "redoc.css").read_bytes(),
        "/redoc/redoc.standalone.js": without_foreign_image((redoc / "redoc.standalone.js").read_bytes()),
    }


def embed(content, symbol, output):
    """The declaration of a file's bytes, and a string_view of them."""
    path = output / symbol
    path.write_bytes(content)
    return BYTES.format(symbol=symbol, path=path), f"{{{symbol}, {len(content)}}}"


def main(root, modules, output):
    output.mkdir(parents=True, exist_ok=True)
    declarations, rows = [], []
    for number, (path, content) in enumerate(pages(root, modules).items()):
        plain, plain_view = embed(content, f"page_{number}", output)
        zipped, zipped_view = embed(gzip.compress(content, mtime=0), f"page_{number}_gzip", output)
        declarations += [plain, zipped]
        rows.append(f'    {{"{path}", {plain_view}, {zipped_view}}},\n')
    table = ["namespace api {\n\nstd::span<const Page> pages() {\n  static constexpr Page kPages[] = {\n", *rows, "  };\n"]
    end = "  return kPages;\n}\n\n}  // namespace api\n"
    (output / "page_files.cpp").write_text("".join([HEAD, *declarations, "\n", *table, end]))


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
