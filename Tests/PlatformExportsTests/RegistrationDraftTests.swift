import AccountModel
import PlatformExports
import Testing

/// Drafts of mappings for tables of subscribers, whose rows are dated by the registration.
@Suite struct RegistrationDraftTests {
  @Test(
    "Whoever was registered then was not seen in use then",
    arguments: [
      ("Registered", RecordClass.profile), ("Date joined", .profile), ("Account created (UTC)", .profile),
      ("Last seen", .session), ("Time", .session),
    ])
  func registrationsAreProfiles(_ header: String, _ recordClass: RecordClass) throws {
    let table = "Handle,\(header),Phone\nwren_oak,2018-03-01T10:00:00Z,07700 900123\n"
    let mapping = try TableMapping(
      toml: try MappingDraft(MemberInput(path: "table.csv", bytes: Array(table.utf8))).mapping)
    #expect(mapping.recordClass == recordClass && mapping.time != nil)
  }
}
