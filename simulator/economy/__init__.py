"""What firms meet: drivers, demand, finance, labour market, people, firm demography."""
