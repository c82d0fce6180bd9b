// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    ILayerZeroEndpointV2,
    MessagingParams
} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroEndpointV2.sol";

import {ILaneRouter, Lane, LaneTerms, Limit, Limits, Order, TransferQuote} from "../interfaces/ILaneRouter.sol";
import {IRail} from "../interfaces/IRail.sol";
import {Booking, IVault, Payout, Report} from "../interfaces/IVault.sol";
import {Admission} from "./Admission.sol";
import {FixedPoint} from "./FixedPoint.sol";
import {FloatCodec} from "./Float.sol";
import {LaneLedger, LaneTotals} from "./LaneLedger.sol";
import {MessageBuilder} from "./MessageBuilder.sol";
import {PackedLane, PackedLaneLib} from "./PackedLane.sol";
import {TransferSale} from "./TransferSale.sol";
import {BASIS_POINTS} from "./VaultLedger.sol";

/// @notice All that a LaneRouter stores of its own.
struct RouterState {
    Limits limits;
    mapping(uint32 eid => Lane) lanes;
    uint32[] laneEids;
    mapping(bytes32 guid => mapping(uint256 index => bytes32 hash)) unfundedOrders;
}

/// @notice The contracts that a LaneRouter works with.
struct Wiring {
    ILayerZeroEndpointV2 endpoint;
    IVault vault;
    address rail;
}

/// @title LaneKeeping
/// @notice The keeping side of the LaneRouter: rebalancing, credit, bare statements, the owner's terms. A linked library,
/// so that the router's code holds what transfers need and stays below the size limit. Runs in the router's context.
library LaneKeeping {
    using FixedPoint for uint256;
    using LaneLedger for PackedLane;

    // ------------------------------------------------------------------------------------------------- owner

    function setLaneTerms(RouterState storage state, uint32 eid, LaneTerms calldata terms) external {
        Lane storage l = state.lanes[eid];
        require(l.peer != address(0), ILaneRouter.UnknownLane(eid));
        l.cap = FloatCodec.toFloat24Down(terms.cap);
        l.maxCredit = FloatCodec.toFloat24Down(terms.maxCredit);
        l.creditTarget = FloatCodec.toFloat24Down(terms.creditTarget);
        emit ILaneRouter.LaneTermsSet(eid, terms);
    }

    function setLimits(RouterState storage state, Limits calldata limits) external {
        _requireWithin("deadBand", limits.deadBand, 10, BASIS_POINTS / 2);
        _requireWithin("reservedShare", limits.reservedShare, 0, BASIS_POINTS / 2);
        _requireWithin("peerShare", limits.peerShare, 0, BASIS_POINTS / 2);
        _requireWithin("grantUtilization", limits.grantUtilization, 0, BASIS_POINTS);
        _requireWithin("statementMaxAge", limits.statementMaxAge, 1 minutes, 1 days);
        _requireWithin("moveInterval", limits.moveInterval, 1 minutes, 7 days);
        state.limits = limits;
        emit ILaneRouter.LimitsSet(limits);
    }

    function _requireWithin(bytes32 parameter, uint256 value, uint256 least, uint256 most) private pure {
        require(value >= least && value <= most, ILaneRouter.ParameterOutOfRange(parameter, value));
    }

    // ------------------------------------------------------------------------------------------------- rebalancing

    function rebalance(RouterState storage state, Wiring memory w, uint32 dstEid, uint64 amount, uint64 moveNumber)
        external
        returns (bytes32 guid)
    {
        PackedLane memory l = _load(state, dstEid);
        require(moveNumber == l.railOut(), ILaneRouter.MoveNumberUsed(moveNumber, uint64(l.railOut())));
        (, uint256 debtIndex) = w.vault.accrue();
        LaneTotals memory before = l.totals();
        l.charge(debtIndex);
        Limits memory limits = state.limits;
        (uint256 admitted, Limit limit) =
            Admission.rebalance(l, w.vault.report(), limits, state.laneEids.length, block.timestamp);
        require(amount <= admitted, ILaneRouter.RebalanceRefused(amount, admitted, limit));
        uint256 minimum = limits.minimumMove.decode();
        require(amount != 0 && amount >= minimum, ILaneRouter.RebalanceRefused(amount, minimum, Limit.Minimum));

        l.sendRail(amount, debtIndex);
        l.setLastMove(block.timestamp);
        l.save(state.lanes[dstEid]);
        w.vault.release(l.bookingSince(before), w.rail, amount);
        guid = IRail(w.rail).send{value: msg.value}(dstEid, amount, msg.sender);
        emit ILaneRouter.Rebalanced(guid, dstEid, msg.sender, amount, moveNumber);
    }

    function maxRebalance(RouterState storage state, Wiring memory w, uint32 dstEid)
        external
        view
        returns (uint64 amount, Limit limit)
    {
        PackedLane memory l = _load(state, dstEid);
        Report memory report = w.vault.report();
        l.charge(report.debtIndex);
        uint256 admitted;
        (admitted, limit) = Admission.rebalance(l, report, state.limits, state.laneEids.length, block.timestamp);
        amount = uint64(admitted.min(type(uint64).max));
    }

    // ------------------------------------------------------------------------------------------------- credit

    function refillCredit(RouterState storage state, Wiring memory w, uint32 dstEid, bytes memory options)
        external
        returns (uint64 granted)
    {
        (PackedLane memory l, LaneTotals memory before) = _touch(state, w, dstEid);
        (uint256 admitted, Limit limit) = Admission.grant(l, w.vault.report(), state.limits);
        require(admitted != 0, ILaneRouter.NothingToGrant(limit));
        granted = uint64(admitted);
        l.setGranted(l.granted() + granted);
        emit ILaneRouter.CreditGranted(dstEid, granted);
        _bookAndTell(state, w, dstEid, l, before, options);
    }

    function maxGrant(RouterState storage state, Wiring memory w, uint32 dstEid)
        external
        view
        returns (uint64 amount, Limit limit)
    {
        uint256 admitted;
        (admitted, limit) = Admission.grant(_load(state, dstEid), w.vault.report(), state.limits);
        amount = uint64(admitted);
    }

    function returnCredit(RouterState storage state, Wiring memory w, uint32 dstEid, bytes memory options)
        external
        returns (uint64 returned)
    {
        (PackedLane memory l, LaneTotals memory before) = _touch(state, w, dstEid);
        uint256 excess = l.credit().zeroFloorSub(l.remoteTarget());
        require(excess != 0, ILaneRouter.NothingToReturn());
        returned = uint64(excess);
        l.setReturned(l.returned() + returned);
        emit ILaneRouter.CreditReturned(dstEid, returned);
        _bookAndTell(state, w, dstEid, l, before, options);
    }

    // ------------------------------------------------------------------------------------------------- statements

    function sync(RouterState storage state, Wiring memory w, uint32 dstEid, bytes memory options)
        external
        returns (bytes32 guid)
    {
        (PackedLane memory l, LaneTotals memory before) = _touch(state, w, dstEid);
        return _bookAndTell(state, w, dstEid, l, before, options);
    }

    function quoteSync(RouterState storage state, Wiring memory w, uint32 dstEid, bytes memory options)
        external
        view
        returns (uint256 messageFee)
    {
        PackedLane memory l = _load(state, dstEid);
        bytes memory message = MessageBuilder.message(l, w.vault.report(), new Order[](0));
        return w.endpoint.quote(_params(l, dstEid, message, options), address(this)).nativeFee;
    }

    // ------------------------------------------------------------------------------------------------- transfers

    function quoteTransfer(
        RouterState storage state,
        Wiring memory w,
        uint32 dstEid,
        uint256 amount,
        uint256 scale,
        bytes memory options
    ) external view returns (TransferQuote memory q) {
        PackedLane memory l = _load(state, dstEid);
        q = TransferSale.quote(l, dstEid, amount, scale, state.limits.minimumTransfer.decode());
        // LayerZero's fee follows the length of the message, not who is paid.
        bytes memory message =
            MessageBuilder.message(l, w.vault.report(), MessageBuilder.single(address(1), q.gross, q.fee));
        q.messageFee = w.endpoint.quote(_params(l, dstEid, message, options), address(this)).nativeFee;
    }

    function fundOrder(
        RouterState storage state,
        Wiring memory w,
        uint32 srcEid,
        bytes32 guid,
        uint256 index,
        Order calldata order
    ) external {
        require(
            state.unfundedOrders[guid][index] == keccak256(abi.encode(srcEid, order)),
            ILaneRouter.OrderNotUnfunded(guid, index)
        );
        (PackedLane memory l, LaneTotals memory before) = _touch(state, w, srcEid);
        uint256 reserved = l.reserved();
        require(order.gross <= reserved, ILaneRouter.ReserveTooSmall(order.gross, reserved));
        delete state.unfundedOrders[guid][index];
        l.pay(order.gross, order.fee, w.vault.report().debtIndex);
        l.save(state.lanes[srcEid]);
        Booking memory change = l.bookingSince(before);
        change.setAside = int256(uint256(order.fee));
        Payout[] memory payouts = new Payout[](1);
        payouts[0] = Payout(order.recipient, order.gross - order.fee);
        emit ILaneRouter.OrderPaid(guid, srcEid, order.recipient, index, order.gross, order.fee);
        w.vault.pay(change, payouts);
    }

    // ------------------------------------------------------------------------------------------------- shared

    function _load(RouterState storage state, uint32 eid) private view returns (PackedLane memory l) {
        l = PackedLaneLib.load(state.lanes[eid]);
        require(l.peer() != bytes32(0), ILaneRouter.UnknownLane(eid));
    }

    /// @dev The lane with interest charged up to now, and its totals from before.
    function _touch(RouterState storage state, Wiring memory w, uint32 eid)
        private
        returns (PackedLane memory l, LaneTotals memory before)
    {
        l = _load(state, eid);
        (, uint256 debtIndex) = w.vault.accrue();
        before = l.totals();
        l.charge(debtIndex);
    }

    function _bookAndTell(
        RouterState storage state,
        Wiring memory w,
        uint32 dstEid,
        PackedLane memory l,
        LaneTotals memory before,
        bytes memory options
    ) private returns (bytes32 guid) {
        l.save(state.lanes[dstEid]);
        Report memory report = w.vault.book(l.bookingSince(before));
        bytes memory message = MessageBuilder.message(l, report, new Order[](0));
        // All of msg.value goes to the endpoint, which returns what it does not need to the payer.
        guid = w.endpoint.send{value: msg.value}(_params(l, dstEid, message, options), msg.sender).guid;
        emit ILaneRouter.StatementSent(guid, dstEid);
    }

    function _params(PackedLane memory l, uint32 dstEid, bytes memory message, bytes memory options)
        private
        pure
        returns (MessagingParams memory)
    {
        return MessagingParams(dstEid, l.peer(), message, options, false);
    }
}
