"""How firms change: digitalisation, internationalisation, competence."""
