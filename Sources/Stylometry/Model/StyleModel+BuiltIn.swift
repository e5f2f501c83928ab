internal import CStyleModel
import Foundation

extension StyleModel {
  /// The model that is part of the program; Docs/Style.md says what it was learnt from and how to make another.
  public static func builtIn() throws(StyleModelError) -> StyleModel {
    guard let start = UnsafeMutableRawPointer(mutating: builtInStart) else { throw .notAModel }
    // Read only: nothing writes to `Data` that is not its own.
    return try StyleModel(Data(bytesNoCopy: start, count: cog_style_model_size, deallocator: .none))
  }

  private static var builtInStart: UnsafeRawPointer? { UnsafeRawPointer(cog_style_model_start()) }
}
