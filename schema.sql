-- The whole current schema: what a new database gets. Older files arrive here through Data/Migrations.
-- Instants are UTC text of one fixed length (yyyy-MM-ddTHH:mm:ss.fffffffZ), so that text order is time order.
-- AUTOINCREMENT: ids are never used twice, because clients cache by URL.

-- Where discovery starts: the URL of a plugin runner or of one plugin, and how its last discovery went.
CREATE TABLE seed (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    url           TEXT    NOT NULL UNIQUE,
    started       TEXT    NULL,               -- start of the last attempt; the columns below are NULL with it
    duration_ms   INTEGER NULL,
    outcome       TEXT    NULL,               -- SeedOutcomeKind
    found         INTEGER NULL,               -- plugins that answered
    added         INTEGER NULL,               -- of these: not known before
    changed       INTEGER NULL,               -- of these: stored with other metadata before
    failed        INTEGER NULL,               -- URLs that gave no plugin
    last_error    TEXT    NULL,               -- one line; NULL where the attempt had none
    last_success  TEXT    NULL                -- start of the last attempt that found at least one plugin
);

-- The URLs that gave no plugin in the last discovery of a seed, each with the reason (at most 100 a seed).
CREATE TABLE seed_failure (
    seed_id       INTEGER NOT NULL REFERENCES seed (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    url           TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    PRIMARY KEY (seed_id, position)
);

-- A plugin, unique by identifier and version. What is shown of it and never searched is kept as it is shown.
CREATE TABLE plugin (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    seed_id        INTEGER NOT NULL REFERENCES seed (id) ON DELETE CASCADE,
    identifier     TEXT    NOT NULL,
    version        TEXT    NOT NULL,
    sort_version   TEXT    NOT NULL,          -- its byte order is PEP 440 order
    title          TEXT    NOT NULL,
    description    TEXT    NOT NULL,
    plugin_type    TEXT    NOT NULL,
    url            TEXT    NOT NULL,
    tags           TEXT    NOT NULL,          -- JSON array, as shown; searched in plugin_tag
    entry_point    TEXT    NOT NULL,          -- JSON object, as shown; searched in plugin_data, plugin_data_content_type
    content_hash   TEXT    NOT NULL,          -- of everything above but the ids: equal means nothing to write
    UNIQUE (identifier, version)
);
CREATE INDEX plugin_by_name         ON plugin (identifier, sort_version DESC, id);
CREATE INDEX plugin_by_version      ON plugin (sort_version, identifier, id);
CREATE INDEX plugin_by_type         ON plugin (plugin_type, identifier, sort_version DESC, id);
CREATE INDEX plugin_by_exact        ON plugin (version, identifier, sort_version DESC, id);
CREATE INDEX plugin_by_url          ON plugin (url, identifier, sort_version DESC, id);
CREATE INDEX plugin_by_seed         ON plugin (seed_id);

-- When a plugin last answered. Apart from the plugin, because it is all that a run without news has to write.
CREATE TABLE plugin_availability (
    plugin_id      INTEGER PRIMARY KEY REFERENCES plugin (id) ON DELETE CASCADE,
    last_available TEXT    NOT NULL
);
CREATE INDEX plugin_availability_by_time ON plugin_availability (last_available, plugin_id);

CREATE TABLE plugin_tag (
    plugin_id     INTEGER NOT NULL REFERENCES plugin (id) ON DELETE CASCADE,
    tag           TEXT    NOT NULL,
    PRIMARY KEY (plugin_id, tag)
);
CREATE INDEX plugin_tag_by_tag ON plugin_tag (tag, plugin_id);

-- What a plugin takes and gives. Media types are split at the first slash; a missing half is '*'.
CREATE TABLE plugin_data (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    plugin_id     INTEGER NOT NULL REFERENCES plugin (id) ON DELETE CASCADE,
    relation      TEXT    NOT NULL,           -- 'consumed' or 'produced'
    required      INTEGER NOT NULL,           -- 0 or 1
    type_start      TEXT    NOT NULL,
    type_end        TEXT    NOT NULL,
    required_inputs INTEGER NOT NULL          -- how many inputs the plugin requires: recommendations divide by it
);
CREATE INDEX plugin_data_by_plugin ON plugin_data (plugin_id);
CREATE INDEX plugin_data_by_type   ON plugin_data (relation, type_start, type_end, required, plugin_id, required_inputs);

CREATE TABLE plugin_data_content_type (
    data_id       INTEGER NOT NULL REFERENCES plugin_data (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    type_start    TEXT    NOT NULL,
    type_end      TEXT    NOT NULL,
    PRIMARY KEY (data_id, position)
);
CREATE INDEX plugin_data_content_type_by_type ON plugin_data_content_type (type_start, type_end, data_id);

-- Plugins that a plugin declares to need.
CREATE TABLE plugin_dependency (
    plugin_id     INTEGER NOT NULL REFERENCES plugin (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    parameter     TEXT    NOT NULL,
    required      INTEGER NOT NULL,           -- 0 or 1
    name          TEXT    NULL,
    version       TEXT    NULL,
    plugin_type   TEXT    NULL,
    tags          TEXT    NULL,               -- JSON array
    PRIMARY KEY (plugin_id, position)
);

CREATE TABLE service (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    service_id    TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    description   TEXT    NOT NULL,
    url           TEXT    NOT NULL
);

-- Environment variables of the platform, listed in the order in which they were first set.
CREATE TABLE env (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT    NOT NULL UNIQUE,
    value         TEXT    NOT NULL
);

CREATE TABLE ui_template (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT    NOT NULL,
    sort_name     TEXT    NOT NULL,           -- the name in lower case
    description   TEXT    NOT NULL,
    tags          TEXT    NOT NULL            -- JSON array
);
CREATE INDEX ui_template_by_name ON ui_template (sort_name, id);

CREATE TABLE ui_template_tab (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    template_id   INTEGER NOT NULL REFERENCES ui_template (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL,
    description   TEXT    NOT NULL,
    icon          TEXT    NULL,
    location      TEXT    NOT NULL,
    sort_key      INTEGER NOT NULL,
    group_key     TEXT    NOT NULL,
    filter_string TEXT    NOT NULL
);
CREATE INDEX ui_template_tab_by_template ON ui_template_tab (template_id, location, sort_key, id);

-- The plugins that match the filter of a tab; kept right by every transaction that changes either side.
CREATE TABLE tab_plugin (
    tab_id        INTEGER NOT NULL REFERENCES ui_template_tab (id) ON DELETE CASCADE,
    plugin_id     INTEGER NOT NULL REFERENCES plugin (id) ON DELETE CASCADE,
    PRIMARY KEY (tab_id, plugin_id)
);
CREATE INDEX tab_plugin_by_plugin ON tab_plugin (plugin_id);
