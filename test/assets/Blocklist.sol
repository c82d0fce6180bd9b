// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Accounts that a test token refuses, as real stablecoins do.
abstract contract Blocklist {
    mapping(address account => bool) public blocked;

    event BlockedSet(address indexed account, bool blocked);

    error Blocked(address account);

    function _setBlocked(address account, bool isBlocked) internal {
        blocked[account] = isBlocked;
        emit BlockedSet(account, isBlocked);
    }

    function _requireNotBlocked(address from, address to) internal view {
        if (blocked[from]) revert Blocked(from);
        if (blocked[to]) revert Blocked(to);
    }
}
