#if arch(x86_64)
import Foundation

// e^x and log(1 + x) with 64 significant bits: the C library's functions for Float80.

func extendedExp(_ x: Float80) -> Float80 { Foundation.exp(x) }

func extendedLog1p(_ x: Float80) -> Float80 { Foundation.log1p(x) }
#endif
