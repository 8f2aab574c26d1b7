CREATE TABLE agencies (
    id INTEGER NOT NULL,
    code VARCHAR(60) NOT NULL,
    name VARCHAR(200) NOT NULL,
    zone VARCHAR(40) DEFAULT 'Asia/Jakarta' NOT NULL,
    office TEXT,
    CONSTRAINT pk_agencies PRIMARY KEY (id),
    CONSTRAINT uq_agencies_code UNIQUE (code)
);

CREATE TABLE anchors (
    id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    root VARCHAR(64) NOT NULL,
    leaves INTEGER NOT NULL,
    previous VARCHAR(64) NOT NULL,
    key_id VARCHAR(64) NOT NULL,
    signature VARCHAR(128) NOT NULL,
    CONSTRAINT pk_anchors PRIMARY KEY (id)
);

CREATE TABLE decision_definitions (
    id INTEGER NOT NULL,
    "key" VARCHAR(200) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(400) DEFAULT '' NOT NULL,
    decisions TEXT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    xml BLOB NOT NULL,
    deployed_at DATETIME NOT NULL,
    deployed_by VARCHAR(80) NOT NULL,
    CONSTRAINT pk_decision_definitions PRIMARY KEY (id),
    CONSTRAINT uq_decision_definitions_key_version UNIQUE ("key", version),
    CONSTRAINT uq_decision_definitions_key_hash UNIQUE ("key", hash)
);

CREATE TABLE definition_drafts (
    "key" VARCHAR(200) NOT NULL,
    name VARCHAR(400) DEFAULT '' NOT NULL,
    profile VARCHAR(10) DEFAULT 'sop' NOT NULL,
    xml BLOB NOT NULL,
    version INTEGER NOT NULL,
    updated_at DATETIME NOT NULL,
    updated_by VARCHAR(80) NOT NULL,
    CONSTRAINT pk_definition_drafts PRIMARY KEY ("key")
);

CREATE TABLE history (
    instance_id VARCHAR(32) NOT NULL,
    seq INTEGER NOT NULL,
    type VARCHAR(40) NOT NULL,
    element_id VARCHAR(200),
    at DATETIME NOT NULL,
    actor TEXT,
    data TEXT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    CONSTRAINT pk_history PRIMARY KEY (instance_id, seq)
);

CREATE TABLE idempotency_keys (
    person_id INTEGER NOT NULL,
    "key" VARCHAR(120) NOT NULL,
    request_hash VARCHAR(64) NOT NULL,
    result TEXT NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (person_id, "key")
);

CREATE INDEX ix_idempotency_keys_at ON idempotency_keys (at);

CREATE TABLE login_failures (
    id INTEGER NOT NULL,
    username VARCHAR(80) NOT NULL,
    address VARCHAR(64) NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_login_failures PRIMARY KEY (id)
);

CREATE INDEX ix_login_failures_address_at ON login_failures (address, at);

CREATE INDEX ix_login_failures_username_at ON login_failures (username, at);

CREATE TABLE outbox (
    id VARCHAR(32) NOT NULL,
    channel VARCHAR(10) NOT NULL,
    recipient VARCHAR(400) NOT NULL,
    subject VARCHAR(400) DEFAULT '' NOT NULL,
    body TEXT DEFAULT '' NOT NULL,
    data TEXT NOT NULL,
    instance_id VARCHAR(32),
    status VARCHAR(8) NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    next_attempt_at DATETIME,
    last_error VARCHAR(400),
    created_at DATETIME NOT NULL,
    sent_at DATETIME,
    CONSTRAINT pk_outbox PRIMARY KEY (id)
);

CREATE INDEX ix_outbox_dead ON outbox (created_at) WHERE status = 'dead';

CREATE INDEX ix_outbox_instance_id ON outbox (instance_id);

CREATE INDEX ix_outbox_pending ON outbox (next_attempt_at) WHERE status = 'pending';

CREATE TABLE persons (
    id INTEGER NOT NULL,
    username VARCHAR(80) NOT NULL,
    name VARCHAR(200) NOT NULL,
    kind VARCHAR(20) DEFAULT 'pegawai' NOT NULL,
    email VARCHAR(254),
    phone VARCHAR(30),
    password_hash VARCHAR(200),
    active BOOLEAN DEFAULT true NOT NULL,
    demo BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT pk_persons PRIMARY KEY (id),
    CONSTRAINT uq_persons_username UNIQUE (username)
);

CREATE TABLE roles (
    "key" VARCHAR(120) NOT NULL,
    name VARCHAR(200) NOT NULL,
    superior_role VARCHAR(120),
    CONSTRAINT pk_roles PRIMARY KEY ("key")
);

CREATE TABLE settings (
    "key" VARCHAR(80) NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_settings PRIMARY KEY ("key")
);

CREATE TABLE anchor_leaves (
    anchor_id INTEGER NOT NULL,
    instance_id VARCHAR(32) NOT NULL,
    seq INTEGER NOT NULL,
    hash VARCHAR(64) NOT NULL,
    CONSTRAINT pk_anchor_leaves PRIMARY KEY (anchor_id, instance_id),
    CONSTRAINT fk_anchor_leaves_anchor_id_anchors FOREIGN KEY(anchor_id) REFERENCES anchors (id)
);

CREATE TABLE calendar_changes (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    agency_id INTEGER,
    date DATE NOT NULL,
    name VARCHAR(200),
    category VARCHAR(20) NOT NULL,
    decree VARCHAR(200) DEFAULT '' NOT NULL,
    at DATETIME NOT NULL,
    "by" VARCHAR(80) DEFAULT '' NOT NULL,
    CONSTRAINT pk_calendar_changes PRIMARY KEY (id),
    CONSTRAINT fk_calendar_changes_agency_id_agencies FOREIGN KEY(agency_id) REFERENCES agencies (id)
);

CREATE INDEX ix_calendar_changes_version ON calendar_changes (version);

CREATE TABLE definitions (
    id INTEGER NOT NULL,
    "key" VARCHAR(200) NOT NULL,
    version INTEGER NOT NULL,
    name VARCHAR(400) NOT NULL,
    profile VARCHAR(10) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    xml BLOB NOT NULL,
    agency_id INTEGER,
    confidentiality VARCHAR(20) DEFAULT 'biasa' NOT NULL,
    start_role VARCHAR(120),
    start_kind VARCHAR(20),
    roles TEXT DEFAULT '[]' NOT NULL,
    deployed_at DATETIME NOT NULL,
    deployed_by VARCHAR(80) NOT NULL,
    CONSTRAINT pk_definitions PRIMARY KEY (id),
    CONSTRAINT uq_definitions_key_version UNIQUE ("key", version),
    CONSTRAINT uq_definitions_key_hash UNIQUE ("key", hash),
    CONSTRAINT fk_definitions_agency_id_agencies FOREIGN KEY(agency_id) REFERENCES agencies (id)
);

CREATE TABLE posts (
    id INTEGER NOT NULL,
    agency_id INTEGER NOT NULL,
    unit VARCHAR(200) DEFAULT '' NOT NULL,
    title VARCHAR(200) NOT NULL,
    superior_id INTEGER,
    CONSTRAINT pk_posts PRIMARY KEY (id),
    CONSTRAINT fk_posts_agency_id_agencies FOREIGN KEY(agency_id) REFERENCES agencies (id),
    CONSTRAINT fk_posts_superior_id_posts FOREIGN KEY(superior_id) REFERENCES posts (id)
);

CREATE INDEX ix_posts_agency_id ON posts (agency_id);

CREATE TABLE registration_counters (
    agency_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_registration_counters PRIMARY KEY (agency_id, year),
    CONSTRAINT fk_registration_counters_agency_id_agencies FOREIGN KEY(agency_id) REFERENCES agencies (id)
);

CREATE TABLE tokens (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    hash VARCHAR(64) NOT NULL,
    name VARCHAR(120) DEFAULT '' NOT NULL,
    created_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    revoked_at DATETIME,
    CONSTRAINT pk_tokens PRIMARY KEY (id),
    CONSTRAINT fk_tokens_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id),
    CONSTRAINT uq_tokens_hash UNIQUE (hash)
);

CREATE INDEX ix_tokens_person_id ON tokens (person_id);

CREATE TABLE assignments (
    id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    kind VARCHAR(20) DEFAULT 'definitif' NOT NULL,
    letter_number VARCHAR(120),
    valid_from DATE NOT NULL,
    valid_until DATE,
    CONSTRAINT pk_assignments PRIMARY KEY (id),
    CONSTRAINT fk_assignments_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id),
    CONSTRAINT fk_assignments_post_id_posts FOREIGN KEY(post_id) REFERENCES posts (id)
);

CREATE INDEX ix_assignments_person_id ON assignments (person_id);

CREATE INDEX ix_assignments_post_id ON assignments (post_id);

CREATE TABLE definition_forms (
    definition_id INTEGER NOT NULL,
    "key" VARCHAR(250) NOT NULL,
    body BLOB NOT NULL,
    CONSTRAINT pk_definition_forms PRIMARY KEY (definition_id, "key"),
    CONSTRAINT fk_definition_forms_definition_id_definitions FOREIGN KEY(definition_id) REFERENCES definitions (id)
);

CREATE TABLE instances (
    id VARCHAR(32) NOT NULL,
    definition_id INTEGER NOT NULL,
    agency_id INTEGER NOT NULL,
    registration_number VARCHAR(60) NOT NULL,
    status VARCHAR(12) NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    head VARCHAR(64) NOT NULL,
    anchored_seq INTEGER DEFAULT '0' NOT NULL,
    next_due_at DATETIME,
    confidentiality VARCHAR(20) DEFAULT 'biasa' NOT NULL,
    applicant_id INTEGER,
    started_by VARCHAR(80) NOT NULL,
    started_at DATETIME NOT NULL,
    ended_at DATETIME,
    CONSTRAINT pk_instances PRIMARY KEY (id),
    CONSTRAINT fk_instances_definition_id_definitions FOREIGN KEY(definition_id) REFERENCES definitions (id),
    CONSTRAINT fk_instances_agency_id_agencies FOREIGN KEY(agency_id) REFERENCES agencies (id),
    CONSTRAINT uq_instances_registration_number UNIQUE (registration_number),
    CONSTRAINT fk_instances_applicant_id_persons FOREIGN KEY(applicant_id) REFERENCES persons (id)
);

CREATE INDEX ix_instances_applicant_id_started_at ON instances (applicant_id, started_at);

CREATE INDEX ix_instances_definition_id ON instances (definition_id);

CREATE INDEX ix_instances_due ON instances (next_due_at, id) WHERE next_due_at IS NOT NULL;

CREATE INDEX ix_instances_started_at_id ON instances (started_at, id);

CREATE INDEX ix_instances_status_started_at_id ON instances (status, started_at, id);

CREATE TABLE post_roles (
    post_id INTEGER NOT NULL,
    role VARCHAR(120) NOT NULL,
    CONSTRAINT pk_post_roles PRIMARY KEY (post_id, role),
    CONSTRAINT fk_post_roles_post_id_posts FOREIGN KEY(post_id) REFERENCES posts (id),
    CONSTRAINT fk_post_roles_role_roles FOREIGN KEY(role) REFERENCES roles ("key")
);

CREATE INDEX ix_post_roles_role ON post_roles (role);

CREATE TABLE start_subscriptions (
    definition_id INTEGER NOT NULL,
    element_id VARCHAR(200) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    name VARCHAR(200),
    armed_at DATETIME NOT NULL,
    next_due_at DATETIME,
    fired INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_start_subscriptions PRIMARY KEY (definition_id, element_id),
    CONSTRAINT fk_start_subscriptions_definition_id_definitions FOREIGN KEY(definition_id) REFERENCES definitions (id)
);

CREATE INDEX ix_start_subscriptions_kind_name ON start_subscriptions (kind, name);

CREATE INDEX ix_start_subscriptions_next_due_at ON start_subscriptions (next_due_at);

CREATE TABLE attachments (
    id VARCHAR(32) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    name VARCHAR(255) NOT NULL,
    media_type VARCHAR(120) NOT NULL,
    size INTEGER NOT NULL,
    instance_id VARCHAR(32),
    task_id VARCHAR(60),
    uploaded_by INTEGER NOT NULL,
    uploaded_at DATETIME NOT NULL,
    CONSTRAINT pk_attachments PRIMARY KEY (id),
    CONSTRAINT fk_attachments_instance_id_instances FOREIGN KEY(instance_id) REFERENCES instances (id),
    CONSTRAINT fk_attachments_uploaded_by_persons FOREIGN KEY(uploaded_by) REFERENCES persons (id)
);

CREATE INDEX ix_attachments_instance_id ON attachments (instance_id);

CREATE INDEX ix_attachments_sha256 ON attachments (sha256);

CREATE TABLE subscriptions (
    instance_id VARCHAR(32) NOT NULL,
    token VARCHAR(40) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    name VARCHAR(200) NOT NULL,
    correlation VARCHAR(200),
    CONSTRAINT pk_subscriptions PRIMARY KEY (instance_id, token, kind, name),
    CONSTRAINT fk_subscriptions_instance_id_instances FOREIGN KEY(instance_id) REFERENCES instances (id)
);

CREATE INDEX ix_subscriptions_kind_name_correlation ON subscriptions (kind, name, correlation);

CREATE TABLE tasks (
    id VARCHAR(60) NOT NULL,
    instance_id VARCHAR(32) NOT NULL,
    kind VARCHAR(4) DEFAULT 'user' NOT NULL,
    element_id VARCHAR(200) NOT NULL,
    name VARCHAR(400) NOT NULL,
    lane VARCHAR(200) DEFAULT '' NOT NULL,
    form_key VARCHAR(250),
    role VARCHAR(120) NOT NULL,
    status VARCHAR(10) NOT NULL,
    assignee_id INTEGER,
    opened_at DATETIME NOT NULL,
    due_at DATETIME,
    due_key DATETIME NOT NULL,
    completed_at DATETIME,
    completed_by INTEGER,
    confidentiality VARCHAR(20) DEFAULT 'biasa' NOT NULL,
    announced BOOLEAN DEFAULT false NOT NULL,
    draft TEXT,
    worker VARCHAR(120),
    lease_until DATETIME,
    retries INTEGER,
    CONSTRAINT pk_tasks PRIMARY KEY (id),
    CONSTRAINT fk_tasks_instance_id_instances FOREIGN KEY(instance_id) REFERENCES instances (id)
);

CREATE INDEX ix_tasks_assignee_open ON tasks (assignee_id, due_key, id) WHERE status = 'open';

CREATE INDEX ix_tasks_instance_id ON tasks (instance_id);

CREATE INDEX ix_tasks_role_open ON tasks (role, due_key, id) WHERE status = 'open';

CREATE INDEX ix_tasks_unannounced ON tasks (id) WHERE announced = 0;
