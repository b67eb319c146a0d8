-- Hear of new data versions.
listen hotspot_version
