-- Add words nobody had before; another writer may be faster.
INSERT INTO name_token (token) SELECT unnest(%s::text[]) ON CONFLICT (token) DO NOTHING RETURNING token, id
