"""Many histories to findings: every engine gives what the interpreter gives."""
