/** `error`: something was left out or refused; `warning`: doubtful, but used; `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** Every code that kube-rules can report. Each has a page `docs/diagnostics/CODE.md`. */
export type DiagnosticCode =
  | 'ADDRESS_FAMILY_WRONG'
  | 'ADDRESS_TYPE_UNSUPPORTED'
  | 'ALIAS_LIMIT'
  | 'API_VERSION_MISSING'
  | 'CIDR_INVALID'
  | 'CONFIG_DUPLICATE'
  | 'CONFIG_FIELD_UNKNOWN'
  | 'CONFIG_MISSING'
  | 'CONFIG_VALUE_INVALID'
  | 'DOCUMENT_INVALID'
  | 'FIELD_MISSING'
  | 'FLAG_IGNORED'
  | 'FLAG_INVALID'
  | 'FLAG_UNKNOWN'
  | 'INPUT_BINARY'
  | 'INPUT_EMPTY'
  | 'INPUT_TOO_LARGE'
  | 'IP_INVALID'
  | 'JSON_SYNTAX'
  | 'KEY_UNSAFE'
  | 'KIND_IGNORED'
  | 'NAME_INVALID'
  | 'NODE_AMBIGUOUS'
  | 'NODE_MISSING'
  | 'NODE_PORT_ADDRESSES_EMPTY'
  | 'NODE_PORT_CONFLICT'
  | 'NODE_UNKNOWN'
  | 'OBJECT_DUPLICATE'
  | 'PORT_NAME_DUPLICATE'
  | 'PORT_NUMBER_INVALID'
  | 'PORT_NUMBER_MISSING'
  | 'PROTOCOL_UNKNOWN'
  | 'SERVICE_LABEL_MISSING'
  | 'TYPE_INVALID'
  | 'VALUE_INVALID'
  | 'VALUE_UNKNOWN'
  | 'YAML_SYNTAX';

export const severityOf: Readonly<Record<DiagnosticCode, Severity>> = {
  ADDRESS_FAMILY_WRONG: 'error',
  ADDRESS_TYPE_UNSUPPORTED: 'warning',
  ALIAS_LIMIT: 'error',
  API_VERSION_MISSING: 'error',
  CIDR_INVALID: 'error',
  CONFIG_DUPLICATE: 'warning',
  CONFIG_FIELD_UNKNOWN: 'warning',
  CONFIG_MISSING: 'info',
  CONFIG_VALUE_INVALID: 'error',
  DOCUMENT_INVALID: 'error',
  FIELD_MISSING: 'error',
  FLAG_IGNORED: 'warning',
  FLAG_INVALID: 'error',
  FLAG_UNKNOWN: 'error',
  INPUT_BINARY: 'error',
  INPUT_EMPTY: 'warning',
  INPUT_TOO_LARGE: 'error',
  IP_INVALID: 'error',
  JSON_SYNTAX: 'error',
  KEY_UNSAFE: 'warning',
  KIND_IGNORED: 'info',
  NAME_INVALID: 'error',
  NODE_AMBIGUOUS: 'error',
  NODE_MISSING: 'warning',
  NODE_PORT_ADDRESSES_EMPTY: 'warning',
  NODE_PORT_CONFLICT: 'warning',
  NODE_UNKNOWN: 'error',
  OBJECT_DUPLICATE: 'warning',
  PORT_NAME_DUPLICATE: 'error',
  PORT_NUMBER_INVALID: 'error',
  PORT_NUMBER_MISSING: 'warning',
  PROTOCOL_UNKNOWN: 'error',
  SERVICE_LABEL_MISSING: 'warning',
  TYPE_INVALID: 'error',
  VALUE_INVALID: 'error',
  VALUE_UNKNOWN: 'error',
  YAML_SYNTAX: 'error',
};
