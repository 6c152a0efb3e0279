"""Pages of documents and duties."""
