internal import AccountModel

/// What a field of a Meta record says.
enum MetaMeaning {
  case ip, port, cookie, userAgent, device, email, phone, handle, name, dateOfBirth, previous, new, changed,
    word,
    unknown
}

/// One field of a record, whatever the generation of its shape.
struct MetaField {
  let label: String
  let value: String
  let href: String
  /// Seconds since 1970, when the field is a time.
  let timestamp: Int64?
  /// What a page's field says, where more than label and value tell it.
  var told: MetaMeaning?

  /// What the field says: by its label where that is known, else by the look of its value, as labels are in
  /// the language of the account.
  var meaning: MetaMeaning {
    if let told { return told }
    let known = Self.labels[Self.canonical(label)]
    switch known {
    case .ip?: return ValueShape.isIP(value) ? .ip : .unknown
    case .email?: return ValueShape.isEmail(value) ? .email : .unknown
    case let known?: return known
    case nil: break
    }
    if ValueShape.isIP(value) { return .ip }
    if ValueShape.isEmail(value) { return .email }
    if ValueShape.isUserAgent(value) { return .userAgent }
    if ValueShape.isPhone(value) { return .phone }
    return .unknown
  }

  /// Who says that an address or number is the owner's: the platform where the label is known. Under another, as that
  /// of a biography in some language, anybody's may have been typed, and nobody confirmed it.
  var assertion: Assertion { Self.labels[Self.canonical(label)] == nil ? .claimed : .platform }

  /// The label without the differences that its spellings have.
  static func canonical(_ label: String) -> String {
    String(label.lowercased().map { $0 == "\u{2019}" ? "'" : $0 == "_" || $0 == "-" ? " " : $0 })
  }

  static let labels: [String: MetaMeaning] = {
    let spellings: [(MetaMeaning, [String])] = [
      (
        .ip,
        [
          "ip", "ip address", "ip adresse", "adresse ip", "dirección ip", "indirizzo ip", "endereço ip",
          "ip adres", "adres ip", "ip 주소", "ip アドレス", "ipアドレス", "ip адрес",
        ]
      ),
      (
        .port,
        ["port", "ip port", "port number", "numéro de port", "puerto", "porta", "poort", "포트", "ポート"]
      ),
      (
        .cookie,
        ["cookie", "cookie name", "cookiename", "datr cookie", "nom du cookie", "nombre de la cookie"]
      ),
      (.userAgent, ["user agent", "useragent", "agent utilisateur", "agente de usuario", "사용자 에이전트"]),
      (.device, ["device id", "geräte id", "id de l'appareil", "id del dispositivo", "id do dispositivo"]),
      (
        .email,
        [
          "email", "e mail", "email address", "e mail adresse", "adresse e mail", "correo electrónico",
          "e mailadres", "indirizzo e mail", "이메일",
        ]
      ),
      (
        .phone,
        [
          "phone", "phone number", "telefonnummer", "numéro de téléphone", "número de teléfono",
          "numero di telefono", "número de telefone", "telefoonnummer", "전화번호",
        ]
      ),
      (
        .handle,
        [
          "username", "user name", "benutzername", "nom d'utilisateur", "nom de profil", "nombre de usuario",
          "nome utente",
          "nome de usuário", "nome de utilizador", "gebruikersnaam", "nazwa użytkownika",
          "nume de utilizator",
          "kullanıcı adı", "användarnamn", "brugernavn", "brukernavn", "uživatelské jméno", "felhasználónév",
          "имя пользователя", "ім'я користувача", "اسم المستخدم", "사용자 이름", "ユーザーネーム",
        ]
      ),
      (
        .name,
        [
          "name", "full name", "nom", "nombre", "nome", "naam", "ad", "imię i nazwisko", "nume", "namn",
          "navn",
          "jméno",
          "név", "имя", "ім'я", "الاسم", "이름", "名前",
        ]
      ),
      (
        .dateOfBirth,
        [
          "date of birth", "birthday", "geburtsdatum", "date de naissance", "fecha de nacimiento",
          "data di nascita",
          "data de nascimento", "geboortedatum", "data urodzenia", "생년월일", "生年月日",
        ]
      ),
      (.previous, ["previous value", "previous", "vorheriger wert", "valeur précédente", "valor anterior"]),
      (.new, ["new value", "neuer wert", "nouvelle valeur", "valor nuevo", "nuevo valor", "novo valor"]),
      (.changed, ["changed", "geändert", "modifié", "cambiado"]),
      (
        .word,
        [
          "site", "site name", "app", "device", "location", "city", "region", "country",
          "session type", "language code", "language", "private account", "gender", "bio", "website",
        ]
      ),
    ]
    var result: [String: MetaMeaning] = [:]
    for (meaning, labels) in spellings { for label in labels { result[label] = meaning } }
    for label in actions { result[label] = .word }
    return result
  }()

  /// Labels of what was done.
  static let actions: Set<String> = [
    "action", "event", "type", "typ", "tipo", "tür", "тип", "aktion", "ereignis", "événement", "acción",
    "evento", "ação", "azione", "actie", "gebeurtenis", "akcja", "zdarzenie", "åtgärd", "händelse",
    "handling", "hendelse", "hændelse", "eylem", "действие", "событие",
  ]
}

/// One record of a Meta download, flattened: `string_map_data`, `string_list_data`, `label_values` and plain
/// fields alike.
struct MetaEntry {
  /// How the record was written.
  enum Generation { case map, list, labels, flat }

  private(set) var title = ""
  private(set) var fields: [MetaField] = []
  private(set) var generation = Generation.flat
  /// Times by label: seconds since 1970, in order.
  private(set) var times: [(label: String, seconds: Int64)] = []
  /// The time of an entry of a page, where it is no number of seconds; `.none` when it could not be read.
  private var pageTime: ObservedTime?
  /// The time of such an entry as it is written.
  private(set) var written = ""

  /// Makes an entry of what a page gives.
  init(
    title: String, _ fields: [MetaField], _ generation: Generation, time: ObservedTime, written: String
  ) {
    self.title = title
    self.fields = fields
    self.generation = generation
    pageTime = time
    self.written = written
  }

  /// Reads a record; its time may stand beside it.
  init(_ value: JSONValue, at seconds: Int64? = nil) {
    if let seconds { times.append(("timestamp", seconds)) }
    if value.kind == .array {
      generation = .labels
      labelValues(value, depth: 0)
    } else {
      fields(of: value, depth: 0)
    }
  }

  /// The first value of a meaning.
  func first(_ meaning: MetaMeaning) -> String? {
    fields.first { !$0.value.isEmpty && $0.meaning == meaning }?.value
  }

  /// What was done, where the record is of a login, by each field that tells of it.
  var action: String {
    let told = fields.filter { MetaField.actions.contains(MetaField.canonical($0.label)) }
    return told.map(\.value).joined(separator: "; ")
  }

  /// The time of the record: the latest label of `preferred` that it has, else its first time, else its title
  /// where that is an ISO 8601 time with a zone. Nil when it has one that is not plausible, `.none` when it
  /// has none.
  func time(preferring preferred: [String] = []) -> ObservedTime? {
    if let pageTime { return pageTime }
    let wanted = preferred.compactMap { label in times.first { $0.label == label && $0.seconds > 0 } }.first
    if let found = wanted ?? times.first(where: { $0.seconds != 0 }) {
      return TimeText.epoch(seconds: found.seconds)
    }
    if let stamp = TimeText.plausibleISO8601(title), stamp.zone == .known { return stamp }
    return ObservedTime.none
  }

  private mutating func fields(of value: JSONValue, depth: Int) {
    value.forEachField { key, field in
      switch (key, field.kind) {
      case ("string_map_data", .object):
        generation = .map
        field.forEachField { label, inner in add(Mojibake.repaired(label), inner) }
      case ("string_list_data", .array):
        generation = .list
        field.forEachElement { add("", $0) }
      case ("label_values", .array):
        generation = .labels
        labelValues(field, depth: depth)
      case ("title", .string): title = Self.text(field)
      case (_, .string): add(key, value: Self.text(field), href: "", timestamp: nil)
      case (_, .object):
        if depth < 3 { fields(of: field, depth: depth + 1) }
      default:
        if key.hasSuffix("timestamp") || key == "verification_time", let seconds = field.int64 {
          times.append((key, seconds))
        } else if let text = field.scalarText {
          add(key, value: text, href: "", timestamp: nil)
        }
      }
    }
  }

  private mutating func labelValues(_ value: JSONValue, depth: Int) {
    value.forEachElement { field in
      let label = field["label"].map { Self.text($0) } ?? field["title"].map { Self.text($0) } ?? ""
      add(label, field)
      guard depth < 3 else { return }
      field["vec"]?.forEachElement { add(label, $0) }
      if let inner = field["dict"] { labelValues(inner, depth: depth + 1) }
    }
  }

  private mutating func add(_ label: String, _ field: JSONValue) {
    let timestamp = field["timestamp"]?.int64 ?? field["timestamp_value"]?.int64
    add(
      label, value: field["value"].map { Self.text($0) } ?? "",
      href: field["href"].map { Self.text($0) } ?? "",
      timestamp: timestamp)
  }

  private mutating func add(_ label: String, value: String, href: String, timestamp: Int64?) {
    if let timestamp, timestamp != 0 { times.append((label, timestamp)) }
    guard !value.isEmpty || !href.isEmpty else { return }
    fields.append(MetaField(label: label, value: value, href: href, timestamp: timestamp))
  }

  /// A string mended and trimmed, or a number as text.
  static func text(_ value: JSONValue) -> String {
    guard value.kind == .string else { return value.scalarText ?? "" }
    let trimmed = TelegramJSONReader.trimmed(value.stringBytes)
    return Mojibake.repair(trimmed).map { String(decoding: $0, as: UTF8.self) }
      ?? String(decoding: trimmed, as: UTF8.self)
  }
}
