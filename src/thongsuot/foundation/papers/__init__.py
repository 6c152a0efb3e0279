"""Papers an office signs: values in, DOCX, PDF and XLSX out, in the Decree 30/2020 layout."""

from thongsuot.foundation.papers.docx import to_docx
from thongsuot.foundation.papers.fitting import AttachedFile, Fitted, fit
from thongsuot.foundation.papers.pdf import to_pdf
from thongsuot.foundation.papers.values import Paper

__all__ = ["AttachedFile", "Fitted", "Paper", "fit", "to_docx", "to_pdf"]
