/// The calendar that comes with this version.
extension BankHolidays {
  /// Its bytes, in the form of gov.uk/bank-holidays.json; a case keeps them with their hash.
  public static var builtInJSON: [UInt8] { PackageResources.bank_holidays_json }

  /// The calendar: 2024 to 2030, from no official copy.
  ///
  /// - Throws: `Failure.malformed`, for a build that was damaged.
  public static func builtIn() throws(Failure) -> BankHolidays { try BankHolidays(json: builtInJSON) }
}
