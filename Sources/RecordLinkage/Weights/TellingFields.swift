/// Fields that tell the people of one household apart.
///
/// Given names and dates of birth, in which records of one person seldom differ. In a table without them it is what else
/// is one person's own: an e-mail address, a handle, an age, or what names and addresses say together (`IdentityField`). Of
/// these a person may have several, so that they tell only where nothing better does, and only where there is a surname or
/// a part of an address: without any, records that agree on a telephone number, a postcode and a city would be the class
/// that fits best, and a household one person.
enum TellingFields {
  static func find(_ fields: [any ComparisonField]) -> [Int] {
    let own = fields.indices.filter { fields[$0].nature == .individual }
    let lasting = own.filter { fields[$0].isLasting }
    return lasting.isEmpty && fields.contains { $0.nature == .home } ? own : lasting
  }
}
