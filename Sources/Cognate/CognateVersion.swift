/// The version of this build.
public enum CognateVersion {
  /// Version as printed by `cognate --version` and stored with each run.
  public static let current = "0.1.0"
}
