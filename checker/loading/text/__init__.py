"""What a YAML file says and where, whether it has the shape of its schema, and how its author is told of mistakes."""
