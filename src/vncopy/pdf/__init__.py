"""The only importers of PDF, typesetting and symbol libraries."""
