"""Digitising an archive fonds by fonds: counted, boxed, scanned, checked, accepted."""
