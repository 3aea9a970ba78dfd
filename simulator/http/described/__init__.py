"""Operations as their description says: loaded, compiled, routed, validated, told in words."""
