/// How the columns of a table become accounts, identifiers and records; read from TOML.
public struct TableMapping: Sendable {
}
