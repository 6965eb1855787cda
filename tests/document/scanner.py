"""A flat-bed scanner and a hand scanner: pages as grey pictures of 200 dpi, laid askew, with dust; codes read off."""

import random
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops

DPI = 200
_NOISE = 24  # grey values of 255, up or down


def scanned(pdf: bytes, page: int, degrees: float) -> Image.Image:
    """A page (from 0) as it comes from the scanner. The dust is the same on every machine."""
    with pypdfium2.PdfDocument(pdf) as file:
        bitmap: Any = file[page].render(scale=DPI / 72, grayscale=True)
        picture: Image.Image = bitmap.to_pil().convert("L").copy()
    turned = picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    dust = Image.frombytes("L", turned.size, random.Random(page).randbytes(turned.width * turned.height))
    dust = dust.point([128 - _NOISE + value * 2 * _NOISE // 255 for value in range(256)])
    return ImageChops.add(turned, dust, 1, -128)


def codes(pdf: bytes, degrees: float) -> list[list[str]]:
    """The QR texts of each page."""
    with pypdfium2.PdfDocument(pdf) as file:
        count = len(file)
    return [[found.text for found in zxingcpp.read_barcodes(scanned(pdf, n, degrees))] for n in range(count)]
