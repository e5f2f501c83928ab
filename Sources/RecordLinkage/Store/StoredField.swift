/// A field in a store; those of identities (`IdentityField`) are never stored.
enum StoredField: Codable {
  case value(ValueField)
  case anyOf(AnyOfField)
  case email(EmailField)
  case handle(HandleField)
  case nameInHandle(NameInHandleField)

  init?(_ field: any ComparisonField) {
    switch field {
    case let field as ValueField: self = .value(field)
    case let field as AnyOfField: self = .anyOf(field)
    case let field as EmailField: self = .email(field)
    case let field as HandleField: self = .handle(field)
    case let field as NameInHandleField: self = .nameInHandle(field)
    default: return nil
    }
  }

  var field: any ComparisonField {
    switch self {
    case .value(let field): field
    case .anyOf(let field): field
    case .email(let field): field
    case .handle(let field): field
    case .nameInHandle(let field): field
    }
  }
}
