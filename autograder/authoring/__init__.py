"""From ``solutions/`` to what students get: notebooks, stubs, prepared examples. Also submissions made from pieces."""
