/// Words of column names, and the kind that they speak for.
///
/// English, German, Dutch, French, Spanish, Portuguese, Italian, Polish, Czech, Danish, Norwegian and Swedish, without
/// accents, and the abbreviations that registers use.
enum ColumnNames {
  /// The first match counts.
  static let hints: [(ColumnKind, Set<String>)] = [
    (
      .email,
      [
        "email", "emails", "mail", "e_mail", "emailaddress", "courriel", "correo", "mejl", "epost", "e_post",
        "sahkoposti",
      ]
    ),
    (
      .phone,
      [
        "phone", "phones", "mobile", "tel", "telephone", "msisdn", "cell", "phonenumber", "phone_number",
        "landline", "land_line",
        "telefon",
        "telefono", "telefone", "telefoon", "handy", "mobil", "portable", "celular", "movil", "fax",
      ]
    ),
    (.network, ["ip", "ips", "ipaddress", "ip_address", "ipv4", "ipv6"]),
    (.device, ["device", "devices", "imei", "device_id", "idfa", "gaid", "udid", "serial"]),
    (.age, ["age", "alter", "edad", "eta", "idade", "leeftijd", "wiek", "alder", "vek"]),
    // A part of a date is a number.
    (
      .number,
      [
        "year", "month", "day", "yob", "mob", "by", "bm", "bd", "byear", "bmonth", "bday_day", "birthyear",
        "birthmonth",
        "birthday_day", "jahr", "monat", "tag", "annee", "mois", "jour", "ano", "mes", "dia", "anno", "mese",
        "giorno",
        "geburtsjahr",
      ]
    ),
    (
      .birthDate,
      birthDates.union([
        "birth", "born", "naissance", "geboren", "nacimiento", "nascita", "nascimento", "urodzenia",
        "narozeni",
        "fodt", "fodd",
      ])
    ),
    (
      .postcode,
      [
        "postcode", "postal", "zip", "zipcode", "postalcode", "plz", "postleitzahl", "cp", "codepostal",
        "cap", "cep",
        "kod_pocztowy", "psc", "postnummer", "postnr", "codigo_postal", "post_code", "zip5",
      ]
    ),
    (
      .houseNumber,
      [
        "street_number", "house_number", "housenumber", "streetnumber", "stnum", "hausnummer", "hausnr",
        "house_num",
        "house_no", "street_no", "unit", "apt", "apartment", "flat", "huisnummer", "numero", "house_nbr",
      ]
    ),
    (
      .idNumber,
      [
        "ssn", "soc", "sec", "passport", "nino", "nhs", "national", "licence", "license", "tax", "vat", "nif",
        "dni",
        "cpf", "pesel", "personnummer", "bsn", "curp",
      ]
    ),
    (.platform, ["platform", "service", "site", "network"]),
    // What stands before or behind a name is shared by half of mankind.
    (
      .category,
      [
        "sex", "gender", "title", "salutation", "prefix", "suffix", "sufx", "sfx", "anrede", "geschlecht",
        "sexe",
        "sexo", "sesso", "race", "ethnic", "ethnicity", "party", "status", "honorific", "titel", "civilite",
        "plec",
        "kjonn", "kon", "geslacht", "pohlavi",
      ]
    ),
    (
      .middleName,
      [
        "middle", "middlename", "midl", "mname", "midname", "middle_name", "second_name", "zweitname",
        "initials",
      ]
    ),
    (
      .givenName,
      [
        "given", "firstname", "forename", "fname", "first", "givenname", "forenames", "prenom", "prenoms",
        "christian", "vorname",
        "vornamen", "primer_nombre", "nombres", "imie", "imiona", "fornamn", "fornavn", "voornaam",
        "voornamen",
        "jmeno", "rufname", "primeiro_nome",
      ]
    ),
    (
      .familyName,
      [
        "surname", "lastname", "family", "lname", "last", "familyname", "sname", "maiden", "nachname",
        "familienname",
        "zuname", "geburtsname", "apellido", "apellidos", "cognome", "sobrenome", "apelido", "nazwisko",
        "efternamn",
        "etternavn", "efternavn", "achternaam", "prijmeni", "nom_de_famille", "nom_naissance", "surnames",
      ]
    ),
    // The time of a login is no user name.
    (
      .time,
      [
        "created", "registered", "joined", "updated", "timestamp", "time", "since", "seen", "inserted",
        "modified",
      ]
    ),
    (
      .handle,
      [
        "username", "handle", "login", "screenname", "screen", "nick", "nickname", "account", "user",
        "benutzer",
        "benutzername", "pseudo", "pseudonym", "usuario", "utente",
      ]
    ),
    (
      .street,
      [
        "street", "address", "addr", "road", "adresse", "strasse", "str", "calle", "direccion", "rue", "via",
        "indirizzo", "ulica", "adres", "straat", "gata", "gate", "gateadresse", "endereco", "rua",
        "domicilio", "anschrift",
        "morada", "ulice", "residence",
      ]
    ),
    (
      .locality,
      [
        "city", "town", "suburb", "locality", "place", "village", "ville", "stadt", "ort", "wohnort",
        "ciudad", "citta",
        "comune", "commune", "cidade", "municipio", "miasto", "plaats", "woonplaats", "stad", "by_navn",
        "poststed",
        "postort", "mesto", "obec", "lieu", "geburtsort", "birthplace", "localidad", "localita",
      ]
    ),
    (
      .region,
      [
        "state", "county", "region", "province", "country", "land", "pays", "pais", "paese", "bundesland",
        "provincia",
        "departement", "kraj", "lan", "fylke", "estado", "nationality",
      ]
    ),
    (
      .occupation,
      [
        "occupation", "job", "profession", "employer", "company", "beruf", "profesion", "professione",
        "metier", "zawod",
      ]
    ),
    (
      .fullName,
      [
        "name", "fullname", "displayname", "person", "author", "names", "nombre", "nome", "naam", "namn",
        "navn",
        "nazwa", "full_name", "owner", "holder", "contact", "customer",
      ]
    ),
    (.url, ["url", "urls", "website", "homepage", "link"]),
  ]

  /// Names of dates of birth, and of nothing else.
  static let birthDates: Set<String> = [
    "dob", "birthdate", "birth_date", "birthday", "bday", "dateofbirth", "date_of_birth", "geburtsdatum",
    "geburtstag", "gebdat", "geb_datum", "geboortedatum", "fodselsdato", "fodselsdag", "fodelsedatum",
    "date_naissance", "date_de_naissance", "fecha_nacimiento", "fecha_de_nacimiento", "data_nascita",
    "data_di_nascita", "data_nascimento", "data_de_nascimento", "data_urodzenia", "datum_narozeni",
  ]

  /// What happens on a day that is nobody's birthday.
  private static let events: Set<String> = [
    "start", "started", "begin", "began", "end", "ended", "from", "until", "issue", "issued", "expiry",
    "expires", "expired", "expiration", "valid", "appointed", "employed", "hired", "commenced",
    "commencement", "death", "died", "deceased", "marriage", "married", "wedding", "divorce", "admission",
    "admitted", "discharge", "discharged", "arrest", "arrested", "offence", "offense", "conviction",
    "convicted", "sentence", "sentenced", "incident", "purchase", "purchased", "bought", "sold", "sale",
    "opened", "closed", "received", "referral", "referred", "payment", "paid", "due", "review", "reviewed",
    "visit", "visited", "event", "contacted", "entry", "entered", "exit", "left", "leaving", "arrival",
    "arrived", "departure", "departed", "delivered", "delivery", "ordered", "invoice", "invoiced",
    "tenancy", "contract", "registration", "enrolled", "enrolment", "graduated", "graduation", "acquired",
    "anniversary", "appointment", "effective", "termination", "terminated", "inception", "activation",
    "activated", "deactivated", "uploaded", "sent", "posted", "published", "signed", "renewal", "renewed",
    "moved", "beginn", "ende", "seit", "bis", "ausgestellt", "eintritt", "austritt", "einzug", "auszug",
    "gestorben", "heirat", "kauf", "aufnahme", "entlassung", "debut", "fin", "depuis", "deces", "mariage",
    "entree", "sortie", "achat", "embauche", "inicio", "alta", "baja", "defuncion", "boda", "compra",
    "ingreso", "caducidad", "inizio", "fine", "decesso", "matrimonio", "acquisto", "scadenza", "fim",
    "obito", "casamento", "einde", "ingang", "overlijden", "poczatek", "koniec", "zgonu",
    "lease", "agreement", "policy", "occupied", "move", "bail", "contrat", "inscription", "emmenagement",
    "contrato", "inscripcion", "contratto", "iscrizione", "assunzione", "rozpoczecia", "zakonczenia",
    "zawarcia", "umowy", "zatrudnienia", "przyjecia", "zameldowania", "zacatek", "smlouvy", "umrti",
  ]

  /// What words begin or end with that German, Dutch and the languages of the North write in one, as "Mietbeginn",
  /// "Vertragsdatum" and "Ingangsdatum".
  private static let eventParts = [
    "miet", "vertrag", "einzug", "auszug", "eintritt", "austritt", "einstell", "aufnahme", "entlass",
    "anmeld", "abmeld", "registrier", "ausstell", "ablauf", "beginn", "kauf", "liefer", "bestell", "rechnung",
    "zahlung", "sterbe", "todes", "heirat", "hochzeit", "huur", "ingang", "overlijd", "inschrijv", "uitgifte",
    "aankoop", "trouw", "start", "slut", "inflytt", "utflytt", "innflytt", "indflyt", "avtal", "kontrakt",
    "ansett", "ansatt",
  ]

  /// Whether a header speaks of an event in a life, or of a contract, as "Tenancy start".
  static func speaksOfEvents(_ header: String) -> Bool {
    let words = words(of: header)
    // A day of no more than that is not somebody's birth.
    if words.count == 1, ["date", "datum", "fecha", "data", "dato"].contains(words[0]) { return true }
    return words.contains { word in
      events.contains(word) || eventParts.contains { word.hasPrefix($0) || word.hasSuffix($0) }
    }
  }

  /// Words for a day, whatever it is of.
  private static let days: Set<String> = ["date", "dates", "dt", "datum", "fecha", "data", "dato"]

  /// Whether a header says of what a day is, and of nobody's birth, as "patent_date" and "registr_dt" do. In English alone,
  /// whose word for a day stands in few other languages, and whose words for births are known.
  static func saysOfWhatDay(_ header: String) -> Bool {
    words(of: header).contains(where: ["date", "dates", "dt"].contains) && speaksOfBirths(header) == false
  }

  /// Whether a header speaks of births or baptisms, in full or short, as "dt_nasc" and "BRTH_DT" do; nil where it says no
  /// more than that it is of days, or has no word at all, as "D.O.B." and "c5".
  static func speaksOfBirths(_ header: String) -> Bool? {
    let telling = words(of: header).filter { $0.count > 2 && !days.contains($0) }
    if telling.isEmpty { return nil }
    let births = hints.filter { $0.0 == .birthDate }.flatMap(\.1) + ["baptism", "baptised", "christening"]
    return telling.contains { word in births.contains { isShort(word, for: $0) } }
  }

  /// Whether a word is made of another one's letters, its first and some behind it, as "nasc" and "brth" are.
  private static func isShort(_ word: String, for whole: String) -> Bool {
    var rest = word[...]
    for letter in whole where letter == rest.first { rest.removeFirst() }
    return rest.isEmpty && word.first == whole.first
  }

  /// French and Italian call the family name what others call the name.
  static let familyBesideGiven: Set<String> = ["nom", "name", "nome", "naam", "navn", "namn"]

  /// Whether a header says no more of a name than that it is one, in languages that call the given name so beside a
  /// family name.
  static func isCalledName(_ header: String) -> Bool {
    words(of: header).contains { $0 == "nombre" || $0 != "nom" && familyBesideGiven.contains($0) }
  }

  /// Whether a header speaks of a family name that somebody had before.
  static func speaksOfFormerNames(_ header: String) -> Bool {
    words(of: header).contains { ["maiden", "geburtsname", "naissance", "panienskie"].contains($0) }
  }

  /// Words of headers that say that a column holds names, and which, and not whose they are.
  private static let namesAlone: Set<String> = {
    let parts = hints.filter { [.givenName, .familyName].contains($0.0) }.map(\.1)
    return parts.reduce(into: familyBesideGiven.union(["full", "fullname", "names", "nombre", "nazwa"])) {
      $0.formUnion($1)
    }
    .union(HeaderWords.conjunctions).union([
      "vor", "complete", "complet", "completo", "completa", "entier", "vollstandiger", "voller", "ganzer",
      "volledige", "pelne", "cele", "famille", "famiglia", "primer", "segundo", "paterno", "materno",
      "second", "deuxieme", "zweiter", "weitere", "legal", "real", "preferred", "display", "displayname",
      "shown", "profile",
    ])
  }()

  /// Words that say of a name that it is another one of the same person.
  private static let otherNames: Set<String> = [
    "alias", "aliases", "aka", "known", "former", "formerly", "previous", "other", "display", "displayname",
    "shown", "nick", "nickname", "screen", "profile", "user", "online", "stage", "pen", "street", "real",
    "legal", "preferred", "author", "committer",
  ]

  /// Words of headers that say that a column holds dates of birth.
  private static let births: Set<String> = hints.filter { $0.0 == .birthDate }.reduce(
    into: ["date", "of", "de", "data", "datum", "fecha"]
  ) { $0.formUnion($1.1) }

  /// The words of a header that say whose names or dates of birth a column holds; none in "full_name", "forename2" and "dob".
  static func owner(_ header: String) -> String {
    let words = HeaderWords(header).words
    return words.filter { word in
      !namesAlone.contains(word) && !births.contains(word) && !word.allSatisfy(\.isNumber)
    }.joined(separator: "_")
  }

  /// The words of a header that say whose age a column holds; none in "Age".
  static func ownerOfAge(_ header: String) -> String {
    let ages = hints.first { $0.0 == .age }?.1 ?? []
    return words(of: header).filter { !ages.contains($0) }.joined(separator: "_")
  }

  /// Whether a header says that names are other ones of the same people.
  static func speaksOfOtherNames(_ header: String) -> Bool {
    words(of: header).contains(where: otherNames.contains)
  }

  /// The words of a column name, in lower case without accents: parted by anything but letters and digits, and where a
  /// small letter meets a capital.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var lastWasLower = false
    for character in name {
      if character.isLetter || character.isNumber {
        if character.isUppercase, lastWasLower {
          words.append(word)
          word = ""
        }
        lastWasLower = character.isLowercase || character.isNumber
        word += character.lowercased()
      } else if !word.isEmpty {
        words.append(word)
        word = ""
        lastWasLower = false
      }
    }
    if !word.isEmpty { words.append(word) }
    var buffer: [UInt8] = []
    return words.map { word in
      Array(word.utf8).withUnsafeBufferPointer { TextFolding.fold($0, into: &buffer) }
      return String(decoding: buffer, as: UTF8.self)
    }
  }
}
