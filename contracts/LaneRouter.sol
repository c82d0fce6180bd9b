// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MessagingFee, OApp, Origin} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oapp/OApp.sol";
import {OAppOptionsType3} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oapp/libs/OAppOptionsType3.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {
    ILaneRouter,
    Lane,
    LaneTerms,
    Limit,
    Limits,
    Order,
    TransferParams,
    TransferQuote
} from "./interfaces/ILaneRouter.sol";
import {IRail} from "./interfaces/IRail.sol";
import {Booking, IVault, Payout, Report} from "./interfaces/IVault.sol";
import {WAD} from "./libraries/FixedPoint.sol";
import {LaneKeeping, RouterState, Wiring} from "./libraries/LaneKeeping.sol";
import {LaneLedger, LaneTotals} from "./libraries/LaneLedger.sol";
import {MessageBuilder} from "./libraries/MessageBuilder.sol";
import {LaneFlags, MessageCodec, Statement} from "./libraries/MessageCodec.sol";
import {PackedLane, PackedLaneLib} from "./libraries/PackedLane.sol";
import {TransferSale} from "./libraries/TransferSale.sol";
import {BASIS_POINTS} from "./libraries/VaultLedger.sol";

/// @title LaneRouter
/// @notice The OApp that joins this chain's vault with the others: it keeps the lanes' ledgers, sells and pays transfers,
/// tells and hears statements, and lets anyone rebalance within the rules.
contract LaneRouter is ILaneRouter, OApp, OAppOptionsType3, Ownable2Step, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using LaneLedger for PackedLane;

    /// @notice Message kinds of the enforced options.
    uint16 public constant STATEMENT = 1;
    uint16 public constant ORDERS = 2;
    /// @notice Gas that a delivery must bring: for the statement, and for each order (a payment may use 100,000).
    uint256 public constant STATEMENT_GAS = 150_000;
    uint256 public constant ORDER_GAS = 160_000;

    IVault public immutable vault;
    address public immutable rail;
    /// @notice Fastest growth of a claim by interest that is accepted, WAD per second.
    uint256 public immutable maxInterestRate;
    IERC20 private immutable asset;
    uint256 private immutable scale;
    uint256 private immutable leverageLimit;

    RouterState private _state;

    constructor(address endpoint_, IVault vault_, address rail_, uint256 maxInterestRate_, address owner_)
        OApp(endpoint_, owner_)
        Ownable(owner_)
    {
        require(vault_.router() == address(this), VaultMismatch(vault_.router(), address(this)));
        require(rail_ != address(0), ZeroAddress());
        // 1,000 % a year is above any rate model in use.
        require(maxInterestRate_ <= 10 * WAD / 365 days, ParameterOutOfRange("maxInterestRate", maxInterestRate_));
        vault = vault_;
        rail = rail_;
        maxInterestRate = maxInterestRate_;
        asset = IERC20(vault_.asset());
        scale = vault_.scale();
        leverageLimit = vault_.leverageLimit();
    }

    // ------------------------------------------------------------------------------------------------- owner

    /// @inheritdoc ILaneRouter
    function setLaneTerms(uint32 eid, LaneTerms calldata terms) external onlyOwner {
        LaneKeeping.setLaneTerms(_state, eid, terms);
    }

    /// @inheritdoc ILaneRouter
    function setLimits(Limits calldata limits_) external onlyOwner {
        LaneKeeping.setLimits(_state, limits_);
    }

    /// @dev Opens a lane when its first peer is set. The peer stands in the lane's own first slot as well, which every
    /// message reads anyway.
    function _setPeer(uint32 eid, bytes32 peer) internal override {
        require(uint256(peer) >> 160 == 0, PeerNotEvm(peer));
        Lane storage l = _state.lanes[eid];
        address known = l.peer;
        if (l.acceptedAt == 0 && peer != bytes32(0)) {
            l.acceptedAt = uint32(block.timestamp);
            l.coverage = uint16(BASIS_POINTS);
            _state.laneEids.push(eid);
        }
        l.peer = address(uint160(uint256(peer)));
        // Another peer's messages count from one again.
        if (known != l.peer) l.remoteNonce = 0;
        super._setPeer(eid, peer);
    }

    function _getPeerOrRevert(uint32 eid) internal view override returns (bytes32) {
        address peer = _state.lanes[eid].peer;
        require(peer != address(0), UnknownLane(eid));
        return bytes32(uint256(uint160(peer)));
    }

    function transferOwnership(address newOwner) public override(Ownable, Ownable2Step) onlyOwner {
        Ownable2Step.transferOwnership(newOwner);
    }

    /// @dev Who owns the router also configures its LayerZero paths: the delegate follows the owner.
    function _transferOwnership(address newOwner) internal override(Ownable, Ownable2Step) {
        Ownable2Step._transferOwnership(newOwner);
        if (address(endpoint).code.length != 0) endpoint.setDelegate(newOwner);
    }

    // ------------------------------------------------------------------------------------------------- transfers

    /// @inheritdoc ILaneRouter
    function transfer(TransferParams calldata params)
        external
        payable
        nonReentrant
        returns (bytes32 guid, uint64 received)
    {
        require(block.timestamp <= params.deadline, DeadlinePassed(params.deadline, block.timestamp));
        require(params.recipient != address(0), ZeroAddress());
        PackedLane memory l = _load(params.dstEid);
        TransferQuote memory q =
            TransferSale.quote(l, params.dstEid, params.amount, scale, _state.limits.minimumTransfer.decode());
        received = q.received;
        require(received >= params.minReceived, ReceivedBelowMinimum(received, params.minReceived));

        asset.safeTransferFrom(msg.sender, address(vault), q.gross * scale);
        LaneTotals memory before = l.totals();
        uint256 debtIndex;
        // While the other vault owes this one, the debt index is not needed, and `book` accrues by itself.
        if (before.claim < q.gross) {
            (, debtIndex) = vault.accrue();
            l.charge(debtIndex);
        }
        l.order(q.gross, debtIndex);
        l.save(_state.lanes[params.dstEid]);
        Booking memory change = l.bookingSince(before);
        change.cash = int256(uint256(q.gross));
        Report memory report = vault.book(change);

        guid = _sendMessage(
            params.dstEid,
            ORDERS,
            MessageBuilder.message(l, report, MessageBuilder.single(params.recipient, q.gross, q.fee))
        );
        emit TransferSold(guid, params.dstEid, msg.sender, params.recipient, q.gross, q.fee);
    }

    /// @inheritdoc ILaneRouter
    function quoteTransfer(uint32 dstEid, uint256 amount) external view returns (TransferQuote memory) {
        return LaneKeeping.quoteTransfer(_state, _wiring(), dstEid, amount, scale, enforcedOptions[dstEid][ORDERS]);
    }

    // ------------------------------------------------------------------------------------------------- keeping

    /// @inheritdoc ILaneRouter
    function rebalance(uint32 dstEid, uint64 amount, uint64 moveNumber)
        external
        payable
        nonReentrant
        returns (bytes32 guid)
    {
        return LaneKeeping.rebalance(_state, _wiring(), dstEid, amount, moveNumber);
    }

    /// @inheritdoc ILaneRouter
    function maxRebalance(uint32 dstEid) external view returns (uint64 amount, Limit limit) {
        return LaneKeeping.maxRebalance(_state, _wiring(), dstEid);
    }

    /// @inheritdoc ILaneRouter
    function quoteRebalance(uint32 dstEid, uint64 amount) external view returns (uint256 messageFee) {
        return IRail(rail).quote(dstEid, amount);
    }

    /// @inheritdoc ILaneRouter
    function refillCredit(uint32 dstEid) external payable nonReentrant returns (uint64 granted) {
        return LaneKeeping.refillCredit(_state, _wiring(), dstEid, enforcedOptions[dstEid][STATEMENT]);
    }

    /// @inheritdoc ILaneRouter
    function maxGrant(uint32 dstEid) external view returns (uint64 amount, Limit limit) {
        return LaneKeeping.maxGrant(_state, _wiring(), dstEid);
    }

    /// @inheritdoc ILaneRouter
    function returnCredit(uint32 dstEid) external payable nonReentrant returns (uint64 returned) {
        return LaneKeeping.returnCredit(_state, _wiring(), dstEid, enforcedOptions[dstEid][STATEMENT]);
    }

    /// @inheritdoc ILaneRouter
    function sync(uint32 dstEid) external payable nonReentrant returns (bytes32 guid) {
        return LaneKeeping.sync(_state, _wiring(), dstEid, enforcedOptions[dstEid][STATEMENT]);
    }

    /// @inheritdoc ILaneRouter
    function quoteSync(uint32 dstEid) external view returns (uint256 messageFee) {
        return LaneKeeping.quoteSync(_state, _wiring(), dstEid, enforcedOptions[dstEid][STATEMENT]);
    }

    /// @inheritdoc ILaneRouter
    function fundOrder(uint32 srcEid, bytes32 guid, uint256 index, Order calldata order) external nonReentrant {
        LaneKeeping.fundOrder(_state, _wiring(), srcEid, guid, index, order);
    }

    function _wiring() private view returns (Wiring memory) {
        return Wiring(endpoint, vault, rail);
    }

    // ------------------------------------------------------------------------------------------------- rail

    /// @inheritdoc ILaneRouter
    function onRailReceived(uint32 srcEid, uint64 amount) external nonReentrant {
        require(msg.sender == rail, OnlyRail(msg.sender));
        (, uint256 debtIndex) = vault.accrue();
        PackedLane memory l = _load(srcEid);
        LaneTotals memory before = l.totals();
        l.charge(debtIndex);
        LaneTotals memory charged = l.totals();
        l.receiveRail(amount, debtIndex);
        l.save(_state.lanes[srcEid]);
        Booking memory change = l.bookingSince(before);
        change.cash = int256(uint256(amount));
        change.unvested = l.gainSince(charged, amount);
        emit RailReceived(srcEid, amount);
        vault.book(change);
    }

    // ------------------------------------------------------------------------------------------------- messages

    /// @dev I7: reverts only for too little gas, which anyone can mend by delivering again, or for a malformed message.
    function _lzReceive(Origin calldata origin, bytes32 guid, bytes calldata message, address, bytes calldata)
        internal
        override
        nonReentrant
    {
        uint256 count = MessageCodec.orderCount(message);
        uint256 required = STATEMENT_GAS + count * ORDER_GAS;
        require(gasleft() >= required, InsufficientGas(gasleft(), required));
        Statement memory statement = MessageCodec.decodeStatement(message);
        Order[] memory orders = MessageCodec.decodeOrders(message, count);

        PackedLane memory l = PackedLaneLib.load(_state.lanes[origin.srcEid]);
        LaneTotals memory before = l.totals();
        Booking memory change;
        uint256 debtIndex;
        {
            bool accrued;
            // A debt needs the index; anything else that a statement changes in the books needs them accrued.
            if (l.scaledDebt() != 0) {
                (, debtIndex) = vault.accrue();
                accrued = true;
                l.charge(debtIndex);
            }
            int256 unvested = _acceptStatement(l, statement, origin, debtIndex);
            change.unvested = unvested;
            if (!accrued && (unvested != 0 || l.reserved() != before.reserved)) {
                (, debtIndex) = vault.accrue();
            }
        }
        Payout[] memory payouts = _applyOrders(l, origin.srcEid, guid, orders, change, debtIndex);

        l.save(_state.lanes[origin.srcEid]);
        Booking memory totals = l.bookingSince(before);
        totals.unvested = change.unvested;
        totals.setAside = change.setAside;
        if (payouts.length != 0) {
            vault.pay(totals, payouts);
        } else if (_changes(totals)) {
            vault.book(totals);
        }
    }

    /// @dev Takes the statement if it is the newest and accepts the interest that it reports.
    /// @return unvested Income that came with it: it enters the share price only over time (I5).
    function _acceptStatement(PackedLane memory l, Statement memory s, Origin calldata origin, uint256 debtIndex)
        private
        returns (int256 unvested)
    {
        if (origin.nonce <= l.remoteNonce()) {
            emit StatementOvertaken(origin.srcEid, origin.nonce, uint64(l.remoteNonce()));
            return 0;
        }
        uint256 flags = s.flags() & LaneFlags.FROZEN;
        if (s.owed().decode() * WAD > s.equity().decode() * leverageLimit) flags |= LaneFlags.OVERLEVERED;
        LaneTotals memory before = l.totals();
        uint256 freeCash = l.reserveRise(s) == 0 ? 0 : vault.freeCash() / scale;
        l.accept(s, origin.nonce, block.timestamp, flags, freeCash);

        (uint256 interest, uint256 allowance) = l.acceptableInterest(block.timestamp, maxInterestRate);
        if (interest != 0) {
            l.earn(interest, allowance, block.timestamp, debtIndex);
            emit InterestAccepted(origin.srcEid, interest);
        }
        unvested = l.gainSince(before, 0);
    }

    function _applyOrders(
        PackedLane memory l,
        uint32 srcEid,
        bytes32 guid,
        Order[] memory orders,
        Booking memory change,
        uint256 debtIndex
    ) private returns (Payout[] memory payouts) {
        payouts = new Payout[](orders.length);
        uint256 funded;
        for (uint256 i; i < orders.length; ++i) {
            Order memory o = orders[i];
            require(o.payload.length == 0, PayloadUnsupported());
            if (o.fee > o.gross) o.fee = o.gross;
            if (o.gross > l.reserved()) {
                _state.unfundedOrders[guid][i] = keccak256(abi.encode(srcEid, o));
                emit OrderUnfunded(guid, srcEid, o.recipient, i, o.gross, o.fee);
                continue;
            }
            l.pay(o.gross, o.fee, debtIndex);
            change.setAside += int256(uint256(o.fee));
            payouts[funded++] = Payout(o.recipient, o.gross - o.fee);
            emit OrderPaid(guid, srcEid, o.recipient, i, o.gross, o.fee);
        }
        assembly ("memory-safe") {
            // The rest of the array stays unused.
            mstore(payouts, funded)
        }
    }

    function _changes(Booking memory b) private pure returns (bool) {
        return b.reserved != 0 || b.unvested != 0 || b.claimsFace != 0 || b.claimsValue != 0 || b.scaledDebt != 0;
    }

    /// @dev All of msg.value goes to the endpoint, which returns what it does not need to the payer.
    function _sendMessage(uint32 dstEid, uint16 kind, bytes memory message) private returns (bytes32 guid) {
        bytes memory options = enforcedOptions[dstEid][kind];
        return _lzSend(dstEid, message, options, MessagingFee(msg.value, 0), msg.sender).guid;
    }

    // ------------------------------------------------------------------------------------------------- reading

    /// @inheritdoc ILaneRouter
    function lane(uint32 eid) external view returns (Lane memory) {
        uint256[31] memory fields = _load(eid).unpack();
        // A static struct's encoding is its fields, a word each.
        assembly ("memory-safe") {
            return(fields, 992)
        }
    }

    /// @inheritdoc ILaneRouter
    function laneEids() external view returns (uint32[] memory) {
        return _state.laneEids;
    }

    /// @inheritdoc ILaneRouter
    function limits() external view returns (Limits memory) {
        return _state.limits;
    }

    /// @inheritdoc ILaneRouter
    function position(uint32 eid) external view returns (int256) {
        return _load(eid).position();
    }

    /// @inheritdoc ILaneRouter
    function credit(uint32 eid) external view returns (uint256) {
        return _load(eid).credit();
    }

    /// @inheritdoc ILaneRouter
    function reservedFor(uint32 eid) external view returns (uint256) {
        return _load(eid).reserved();
    }

    /// @inheritdoc ILaneRouter
    function inFlight(uint32 eid) external view returns (uint256) {
        return _load(eid).inFlight();
    }

    /// @inheritdoc ILaneRouter
    function unfundedOrder(bytes32 guid, uint256 index) external view returns (bytes32) {
        return _state.unfundedOrders[guid][index];
    }

    function _load(uint32 eid) private view returns (PackedLane memory l) {
        l = PackedLaneLib.load(_state.lanes[eid]);
        require(l.peer() != bytes32(0), UnknownLane(eid));
    }
}
