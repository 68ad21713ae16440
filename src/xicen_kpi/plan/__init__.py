"""What is declared: the model of targets.yaml, and loading it with line numbers."""
