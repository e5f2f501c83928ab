import ArgumentParser

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Read, check and hand out the tamper-evident log of a case.",
    discussion: """
      Whatever is done with a case is entered in its log. An auditor sees the log and not the case's content; none \
      of these commands shows evidence.

      EXAMPLES:
        cognate audit log case.cognate --subject A3
        cognate audit verify case.cognate --against notice-12.checkpoint
        cognate audit prove case.cognate 17 -o entry-17.tlog-proof
        cognate audit export case.cognate for-the-auditor/
      """,
    subcommands: [
      AuditLogCommand.self, AuditVerifyCommand.self, AuditProveCommand.self, AuditExportCommand.self,
      AuditWitnessCommand.self, AuditTimestampCommand.self, AuditReportCommand.self,
    ])
}
