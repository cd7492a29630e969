"""Who acts: populations as columns, the first population, networks, luck, Mesa views."""
