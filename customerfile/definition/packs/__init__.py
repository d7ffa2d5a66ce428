"""The shipped packs: the base pack and one YAML file per trade. Data only; definition.loading reads them."""
