"""The lock round PDFium for pages of our own; PDFs from elsewhere are read apart (pdf_outside.py)."""

import threading

# PDFium may be in one thread at a time only, whoever calls it.
PDFIUM = threading.Lock()
