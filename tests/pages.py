"""Small PDFs with words on them, for tests that need a page and no printing."""


def page_saying(*pages: str) -> bytes:
    """A PDF with a page for each text (ASCII)."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Resources<</Font<</F1 3 0 R>>>>/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for at, words in enumerate(pages):
        content = f"BT /F1 12 Tf 72 72 Td ({words}) Tj ET"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R>>",
            f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        ]
    data = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer <</Root 1 0 R/Size {size}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
