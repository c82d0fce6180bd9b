// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice An unsigned number as `mantissa << exponent`: 18 bits of mantissa, 6 bits of exponent above them.
/// Relative error below 2^-17; numbers up to 2^18 are exact.
type Float24 is uint24;

/// @notice An unsigned number as `mantissa << exponent`: 11 bits of mantissa, 5 bits of exponent above them.
/// Relative error below 2^-10; numbers up to 2^11 are exact.
type Float16 is uint16;

using Float24Lib for Float24 global;
using Float16Lib for Float16 global;

library Float24Lib {
    function decode(Float24 packed) internal pure returns (uint256) {
        uint256 raw = Float24.unwrap(packed);
        return (raw & 0x3ffff) << (raw >> 18);
    }
}

library Float16Lib {
    function decode(Float16 packed) internal pure returns (uint256) {
        uint256 raw = Float16.unwrap(packed);
        return (raw & 0x7ff) << (raw >> 11);
    }
}

/// @title FloatCodec
/// @notice Small floating-point numbers for values that need a wide range but not every digit: sizes in statements,
/// limits, rates. Money that changes hands is never stored this way.
library FloatCodec {
    error FloatOverflow(uint256 value);

    /// @notice The largest Float24 that is not above `value`; values from 2^81 up revert.
    function toFloat24Down(uint256 value) internal pure returns (Float24) {
        return Float24.wrap(uint24(_packDown(value, 18, 63)));
    }

    /// @notice The largest Float24 that is not above `value`, or the largest there is.
    function toFloat24Saturating(uint256 value) internal pure returns (Float24) {
        if (value >> 81 != 0) return Float24.wrap(type(uint24).max);
        return Float24.wrap(uint24(_packDown(value, 18, 63)));
    }

    /// @notice The smallest Float16 that is not below `value`; values from 2^42 - 2^31 up revert.
    function toFloat16Up(uint256 value) internal pure returns (Float16) {
        uint256 down = _packDown(value, 11, 31);
        uint256 exponent = down >> 11;
        uint256 mantissa = down & 0x7ff;
        if (mantissa << exponent != value && ++mantissa == 0x800) {
            mantissa = 0x400;
            if (++exponent > 31) revert FloatOverflow(value);
        }
        return Float16.wrap(uint16((exponent << 11) | mantissa));
    }

    function _packDown(uint256 value, uint256 bits, uint256 maxExponent) private pure returns (uint256) {
        if (value >> bits == 0) return value;
        uint256 exponent = _log2(value) + 1 - bits;
        if (exponent > maxExponent) revert FloatOverflow(value);
        return (exponent << bits) | (value >> exponent);
    }

    /// @dev floor(log2(x)) for 0 < x < 2^128, by halving.
    function _log2(uint256 x) private pure returns (uint256 r) {
        if (x >> 128 != 0) revert FloatOverflow(x);
        assembly ("memory-safe") {
            r := shl(6, gt(x, 0xffffffffffffffff))
            r := or(r, shl(5, gt(shr(r, x), 0xffffffff)))
            r := or(r, shl(4, gt(shr(r, x), 0xffff)))
            r := or(r, shl(3, gt(shr(r, x), 0xff)))
            r := or(r, shl(2, gt(shr(r, x), 0xf)))
            r := or(r, shl(1, gt(shr(r, x), 0x3)))
            r := or(r, gt(shr(r, x), 0x1))
        }
    }
}
