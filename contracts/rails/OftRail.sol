// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOAppComposer} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oapp/interfaces/IOAppComposer.sol";
import {
    IOFT,
    MessagingFee,
    MessagingReceipt,
    OFTReceipt,
    SendParam
} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oft/interfaces/IOFT.sol";
import {OFTComposeMsgCodec} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oft/libs/OFTComposeMsgCodec.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ILaneRouter} from "../interfaces/ILaneRouter.sol";
import {IRail} from "../interfaces/IRail.sol";
import {IVault} from "../interfaces/IVault.sol";

/// @title OftRail
/// @notice Moves value over any LayerZero OFT. The tokens arrive with a compose whose payload names the lane; both ends of
/// a lane are OftRails. Tokens whose compose has not run stay here until anyone runs it.
contract OftRail is IRail, IOAppComposer, Ownable2Step {
    using SafeERC20 for IERC20;
    using OFTComposeMsgCodec for bytes;

    /// @notice Gas that the sender pays for handing tokens to the vault: the first time on a lane takes 210,000 with the
    /// slots of lane and vault still empty.
    uint128 public constant COMPOSE_GAS = 300_000;
    /// @dev Compose header of an OFT: nonce 8, source 4, amount 32, composeFrom 32; then the lane, 4.
    uint256 private constant COMPOSE_LENGTH = 80;

    address public immutable endpoint;
    IOFT public immutable oft;
    IVault public immutable vault;
    ILaneRouter public immutable router;
    uint32 public immutable localEid;
    IERC20 private immutable asset;
    uint256 private immutable scale;

    mapping(uint32 eid => bytes32) public railPeer;

    constructor(address endpoint_, uint32 localEid_, IOFT oft_, ILaneRouter router_, address owner_) Ownable(owner_) {
        require(router_.rail() == address(this), RouterMismatch(router_.rail(), address(this)));
        endpoint = endpoint_;
        localEid = localEid_;
        oft = oft_;
        router = router_;
        vault = router_.vault();
        asset = IERC20(vault.asset());
        scale = vault.scale();
        require(oft_.token() == address(asset), TokenMismatch(oft_.token(), address(asset)));
        if (oft_.approvalRequired()) asset.forceApprove(address(oft_), type(uint256).max);
    }

    /// @notice Owner only: the OftRail on another chain.
    function setRailPeer(uint32 eid, bytes32 peer) external onlyOwner {
        railPeer[eid] = peer;
        emit RailPeerSet(eid, peer);
    }

    /// @inheritdoc IRail
    function send(uint32 dstEid, uint64 amount, address refundTo) external payable returns (bytes32 guid) {
        require(msg.sender == address(router), OnlyRouter(msg.sender));
        (MessagingReceipt memory message, OFTReceipt memory receipt) =
            oft.send{value: msg.value}(_sendParam(dstEid, amount), MessagingFee(msg.value, 0), refundTo);
        require(
            receipt.amountReceivedLD == amount * scale && receipt.amountSentLD == amount * scale,
            RailTakesFee(receipt.amountSentLD, receipt.amountReceivedLD)
        );
        guid = message.guid;
        emit Sent(guid, dstEid, amount);
    }

    /// @inheritdoc IRail
    function quote(uint32 dstEid, uint64 amount) external view returns (uint256 messageFee) {
        return oft.quoteSend(_sendParam(dstEid, amount), false).nativeFee;
    }

    /// @notice LayerZero's compose step: tokens that the OFT delivered here go to the vault and onto the lane.
    /// @dev sendCompose is open to everyone: a compose counts only from the endpoint, from our token, from our peer.
    function lzCompose(address from, bytes32 guid, bytes calldata message, address, bytes calldata) external payable {
        require(msg.sender == endpoint, OnlyEndpoint(msg.sender));
        require(msg.value == 0, ValueNotNeeded(msg.value));
        require(from == address(oft), UnknownToken(from));
        require(message.length == COMPOSE_LENGTH, MalformedPayload(message.length));
        uint32 srcEid = message.srcEid();
        bytes32 peer = message.composeFrom();
        require(peer != bytes32(0) && peer == railPeer[srcEid], UnknownPeer(srcEid, peer));
        uint32 named = uint32(bytes4(message[76:80]));
        require(named == srcEid, LaneMismatch(named, srcEid));

        uint256 assets = message.amountLD();
        uint64 amount = uint64(assets / scale);
        emit Arrived(guid, srcEid, amount);
        asset.safeTransfer(address(vault), amount * scale);
        router.onRailReceived(srcEid, amount);
    }

    function _sendParam(uint32 dstEid, uint64 amount) private view returns (SendParam memory) {
        bytes32 peer = railPeer[dstEid];
        require(peer != bytes32(0), UnknownPeer(dstEid, peer));
        uint256 assets = amount * scale;
        return SendParam({
            dstEid: dstEid,
            to: peer,
            amountLD: assets,
            minAmountLD: assets,
            // Type-3 options: one lzCompose option (worker 1, size 19, type 3, index 0, gas).
            extraOptions: abi.encodePacked(uint16(3), uint8(1), uint16(19), uint8(3), uint16(0), COMPOSE_GAS),
            composeMsg: abi.encodePacked(localEid),
            oftCmd: ""
        });
    }
}
