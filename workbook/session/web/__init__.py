"""The ballot page: a small web server of its own, plain HTML that works without a script."""
