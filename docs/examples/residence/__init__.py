"""A document type of one's own: one class, one template, one sample."""
