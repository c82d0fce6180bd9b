// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title IRail
/// @notice A way for tokens to get from one vault to another. The router hands a rail its tokens before it calls `send`;
/// where they arrive, the rail hands them to the vault and tells the router.
interface IRail {
    event Sent(bytes32 indexed guid, uint32 indexed dstEid, uint256 amount);
    /// @notice Tokens of a lane reached the vault. Shared decimals.
    event Arrived(bytes32 indexed guid, uint32 indexed srcEid, uint256 amount);
    event RailPeerSet(uint32 indexed eid, bytes32 peer);

    error RouterMismatch(address rail, address expected);
    error TokenMismatch(address railToken, address asset);
    error OnlyRouter(address caller);
    error OnlyEndpoint(address caller);
    error UnknownToken(address from);
    error UnknownPeer(uint32 eid, bytes32 peer);
    error LaneMismatch(uint32 named, uint32 source);
    error MalformedPayload(uint256 length);
    error ValueNotNeeded(uint256 value);
    /// @notice The token would deliver less than is sent; this rail moves only whole amounts. Asset units.
    error RailTakesFee(uint256 sent, uint256 delivered);

    /// @notice Router only: sends `amount` (shared decimals) to the vault on `dstEid`; LayerZero's change goes to `refundTo`.
    function send(uint32 dstEid, uint64 amount, address refundTo) external payable returns (bytes32 guid);
    /// @notice LayerZero's fee for `send`, wei.
    function quote(uint32 dstEid, uint64 amount) external view returns (uint256 messageFee);
    function railPeer(uint32 eid) external view returns (bytes32);
}
