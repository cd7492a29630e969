"""Where firms come from and go: who a firm is, the first population, exit and entry."""
