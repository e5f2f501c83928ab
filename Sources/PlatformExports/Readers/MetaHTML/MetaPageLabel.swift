/// Labels of pages beyond those of `MetaField`, whose languages are the same.
enum MetaPageLabel {
  /// What a field says, where its label or the look of its value tells more than that of a field of JSON does.
  ///
  /// - Parameter isAccess: whether it is of a login or a device: then what is not known is kept as words.
  static func meaning(of field: MetaField, isAccess: Bool) -> MetaMeaning? {
    let meaning = field.meaning
    guard isAccess, meaning == .unknown else { return nil }
    if browsers.contains(MetaField.canonical(field.label)) || isUserAgent(field.value) { return .userAgent }
    // `fw2L********************`
    let isMasked = field.value.hasSuffix("********") || field.value.hasPrefix("********")
    if isMasked, !field.value.contains("@"), !field.value.contains(" ") { return .cookie }
    return .word
  }

  private static let browsers: Set<String> = [
    "browser", "navegador", "navigateur", "przeglądarka", "tarayıcı", "браузер", "agente utente",
    "agente do usuário", "agente de utilizador", "user agent string",
  ]

  private static func isUserAgent(_ text: String) -> Bool {
    ["Mozilla/", "Dalvik/", "FBAN/", "FBAV/", "AppleWebKit/", "THttpClient"].contains { text.holdsBytes($0) }
  }

  /// Whether a label is one of times.
  static func isTime(_ label: String) -> Bool { times.contains(MetaField.canonical(label)) }

  private static let times: Set<String> = [
    "time", "date", "created", "updated", "last login", "change date", "heure", "créé", "mis à jour", "hora",
    "fecha", "creado", "actualizado", "data", "criado", "atualizado", "orario", "ora", "zeit", "uhrzeit",
    "datum",
    "erstellt", "aktualisiert", "tijd", "gemaakt", "bijgewerkt", "czas", "data utworzenia",
  ]

  /// Whether a link leads from a page to where its entry stands on Facebook, for who made the page alone.
  static func isOfPage(_ link: String) -> Bool { link.contains("facebook.com/dyi/") }

  /// Whether a link leads outside the download.
  static func isExternal(_ link: String) -> Bool {
    (link.hasPrefix("https://") || link.hasPrefix("http://")) && !isOfPage(link)
  }

  // MARK: The profile of Facebook

  /// A row of the profile.
  enum Row { case name, handle, profile, registered, registeredFrom, mail, phone, birth, formerNames, site }

  static func row(_ label: String) -> Row? { rows[MetaField.canonical(label)] }

  private static let rows: [String: Row] = {
    let labels: [(Row, [String])] = [
      (.name, ["name", "full name", "nom", "nombre", "nome", "naam", "imię i nazwisko", "tên"]),
      (
        .handle,
        [
          "username", "benutzername", "nom d'utilisateur", "nombre de usuario", "nome utente",
          "nome de usuário",
          "gebruikersnaam", "nazwa użytkownika",
        ]
      ),
      (.profile, ["profile", "profil", "perfil", "profilo", "profiel"]),
      (.registered, ["registration date"]),
      (.registeredFrom, ["registration ip"]),
      (
        .mail,
        [
          "email", "email addresses", "emails", "e mail adressen", "adresses e mail",
          "direcciones de correo electrónico", "indirizzi e mail", "endereços de email", "e mailadressen",
          "adresy e mail",
        ]
      ),
      (
        .phone,
        ["phones", "phone numbers", "telefonnummern", "téléphones", "teléfonos", "telefones", "telefoni"]
      ),
      (
        .birth,
        [
          "birthday", "date of birth", "geburtstag", "geburtsdatum", "date de naissance",
          "fecha de nacimiento",
          "data di nascita", "data de nascimento", "geboortedatum", "data urodzenia",
        ]
      ),
      (.formerNames, ["previous names"]),
      (.site, ["websites", "website", "sites web", "sitios web", "siti web", "sites"]),
    ]
    var rows: [String: Row] = [:]
    for (row, names) in labels { for name in names { rows[name] = row } }
    return rows
  }()
}
