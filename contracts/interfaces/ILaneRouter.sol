// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Float24} from "../libraries/Float.sol";
import {IVault} from "./IVault.sol";

/// @notice A lane as one vault stores it: its account with one other vault. Counters are sums that only grow, in shared
/// decimals. Each group is one storage slot and is written by one kind of call.
/// @param peer The other chain's LaneRouter.
/// @param cap Most that the other vault may owe this one, credit included, shared decimals.
/// @param maxCredit Most of the other vault's credit that this one sells at a time, shared decimals.
/// @param creditTarget Credit that this vault likes the other one to have here, shared decimals.
/// @param ordered Payouts ordered at the other vault, gross.
/// @param charged Interest accrued in the other vault's favour.
/// @param scaledDebt What this vault owes, shared units times 1e18 over the debt index; zero unless it owes.
/// @param paid Payouts made for the other vault, gross.
/// @param earned The other vault's `charged`, as far as accepted.
/// @param granted Credit given: cash set aside for the other vault's orders.
/// @param pot Fees that the other vault's orders left here.
/// @param railOut Value sent over a rail, as it arrives. It is also the lane's move number.
/// @param railIn Value that arrived over a rail.
/// @param returned The other vault's credit that this one gave back.
/// @param lastMove Time of the last rebalancing, Unix seconds.
/// @param acceptedAt Up to when the allowance for interest is used, Unix seconds.
/// @param remoteRailIn The other side's `railIn` in its newest statement; likewise the next three.
/// @param remoteFree Free cash there, shared decimals; likewise the next three.
/// @param remoteTime Time of the newest statement, never in the future, Unix seconds.
/// @param coverage Share of its debts that the other vault can cover, basis points.
/// @param remoteFlags Bits of `LaneFlags`.
/// @param remoteTarget The other side's `creditTarget`.
/// @param remoteCap The other side's `cap`.
/// @param remoteSupplyRate What a unit of gross assets earns there, WAD per second.
/// @param remoteNonce LayerZero nonce of the newest statement.
struct Lane {
    address peer;
    Float24 cap;
    Float24 maxCredit;
    Float24 creditTarget;
    // --- slot
    uint64 ordered;
    uint64 charged;
    uint128 scaledDebt;
    // --- slot
    uint64 paid;
    uint64 earned;
    uint64 granted;
    uint64 pot;
    // --- slot
    uint64 railOut;
    uint64 railIn;
    uint64 returned;
    uint32 lastMove;
    uint32 acceptedAt;
    // --- slot
    uint64 remoteRailIn;
    uint64 remoteGranted;
    uint64 remoteReturned;
    uint64 remoteCharged;
    // --- slot
    Float24 remoteFree;
    Float24 remoteLoans;
    Float24 remoteAverageFree;
    Float24 remoteAverageLoans;
    uint32 remoteTime;
    uint16 coverage;
    uint8 remoteFlags;
    Float24 remoteTarget;
    Float24 remoteCap;
    Float24 remoteSupplyRate;
    uint32 remoteNonce;
}

/// @notice What the owner decides about one lane, shared decimals. Stored with 18 significant bits, rounded down.
struct LaneTerms {
    uint64 cap;
    uint64 maxCredit;
    uint64 creditTarget;
}

/// @notice What the owner decides for all lanes of a router.
/// @param deadBand Utilization gap below which nothing is moved, basis points.
/// @param statementMaxAge Oldest statement that a move may rest on, seconds.
/// @param moveInterval Time after which a lane may move again without a newer statement, seconds.
/// @param reservedShare Most of the cash that may be reserved, basis points.
/// @param peerShare Most of the suppliers' equity that one other vault may owe, basis points.
/// @param grantUtilization Utilization from which no credit is granted, basis points.
/// @param cashFloor Free cash that moves and grants leave, shared decimals.
/// @param minimumMove Smallest rebalancing, shared decimals.
/// @param minimumTransfer Smallest transfer, shared decimals.
struct Limits {
    uint16 deadBand;
    uint32 statementMaxAge;
    uint32 moveInterval;
    uint16 reservedShare;
    uint16 peerShare;
    uint16 grantUtilization;
    Float24 cashFloor;
    Float24 minimumMove;
    Float24 minimumTransfer;
}

/// @notice Why no more than this may be moved, granted or returned.
enum Limit {
    None,
    NoStatement,
    StaleStatement,
    RecentMove,
    NoGap,
    Gap,
    Settlement,
    FreeCash,
    LaneCap,
    PeerShare,
    PeerLeverage,
    Minimum,
    ReservedShare,
    Utilization,
    CreditTarget
}

/// @notice A payout that the sender's vault orders at the receiver's.
/// @param gross What the payout costs the ordering vault, shared decimals.
/// @param fee Part of `gross` that stays with the paying vault, shared decimals.
/// @param payload For a call at the destination; empty in messages of this version's routers.
struct Order {
    address recipient;
    uint64 gross;
    uint64 fee;
    bytes payload;
}

/// @param dstEid LayerZero endpoint id of the destination.
/// @param recipient Who is paid there; an address on the destination chain.
/// @param amount What the caller pays, asset units; the part below a shared unit is not taken.
/// @param minReceived Least that the recipient must get, shared decimals.
/// @param deadline Last second at which the transfer may be sold, Unix seconds.
struct TransferParams {
    uint32 dstEid;
    address recipient;
    uint256 amount;
    uint64 minReceived;
    uint40 deadline;
}

/// @param gross What is taken, shared decimals.
/// @param fee Fee within it, shared decimals.
/// @param received What the recipient gets, shared decimals.
/// @param available Largest `gross` that the lane sells now, shared decimals.
/// @param messageFee LayerZero's fee, wei.
struct TransferQuote {
    uint64 gross;
    uint64 fee;
    uint64 received;
    uint64 available;
    uint256 messageFee;
}

/// @title ILaneRouter
/// @notice Lanes between this chain's vault and the others: transfers, credit, statements, rebalancing. Whoever calls a
/// payable function pays LayerZero's fee; what is over goes back to them.
interface ILaneRouter {
    event LaneTermsSet(uint32 indexed eid, LaneTerms terms);
    event LimitsSet(Limits limits);
    /// @notice A transfer was sold: the other vault owes `recipient` gross - fee. Shared decimals.
    event TransferSold(
        bytes32 indexed guid,
        uint32 indexed dstEid,
        address indexed sender,
        address recipient,
        uint256 gross,
        uint256 fee
    );
    /// @notice An order was paid, or parked for a recipient whom the token refused. Shared decimals.
    event OrderPaid(
        bytes32 indexed guid,
        uint32 indexed srcEid,
        address indexed recipient,
        uint256 index,
        uint256 gross,
        uint256 fee
    );
    /// @notice An order came without credit to spend; it waits until it can be funded. Shared decimals.
    event OrderUnfunded(
        bytes32 indexed guid,
        uint32 indexed srcEid,
        address indexed recipient,
        uint256 index,
        uint256 gross,
        uint256 fee
    );
    event StatementSent(bytes32 indexed guid, uint32 indexed dstEid);
    /// @notice A delivered statement was older than the newest; its orders count all the same.
    event StatementOvertaken(uint32 indexed srcEid, uint64 nonce, uint64 newest);
    /// @notice Interest that the other vault charged itself was accepted. Shared decimals.
    event InterestAccepted(uint32 indexed srcEid, uint256 amount);
    event CreditGranted(uint32 indexed dstEid, uint256 amount);
    event CreditReturned(uint32 indexed dstEid, uint256 amount);
    /// @notice Value left over the rail. Shared decimals, as it arrives.
    event Rebalanced(
        bytes32 indexed guid, uint32 indexed dstEid, address indexed keeper, uint256 amount, uint64 moveNumber
    );
    /// @notice Value arrived over the rail. Shared decimals.
    event RailReceived(uint32 indexed srcEid, uint256 amount);

    error VaultMismatch(address router, address expected);
    error UnknownLane(uint32 eid);
    error PeerNotEvm(bytes32 peer);
    error ParameterOutOfRange(bytes32 parameter, uint256 value);
    error OnlyRail(address caller);
    error ZeroAddress();
    /// @notice The amount has nothing left after rounding down to shared decimals. Asset units.
    error AmountBelowSharedUnit(uint256 amount, uint256 sharedUnit);
    error AmountTooLarge(uint256 amount);
    /// @notice Shared decimals.
    error BelowMinimumTransfer(uint256 amount, uint256 minimum);
    error DeadlinePassed(uint256 deadline, uint256 timestamp);
    /// @notice The lane cannot sell this much now. Shared decimals.
    error InsufficientCredit(uint32 dstEid, uint256 requested, uint256 available);
    error LaneFrozen(uint32 eid);
    error ReceivedBelowMinimum(uint256 received, uint256 minimum);
    /// @notice More than the rules admit now. Shared decimals.
    error RebalanceRefused(uint256 requested, uint256 admitted, Limit limit);
    /// @notice Another move came first: read the lane again.
    error MoveNumberUsed(uint64 seen, uint64 current);
    error NothingToGrant(Limit limit);
    error NothingToReturn();
    /// @notice The delivery has less gas than its contents may need; it can be made again with more.
    error InsufficientGas(uint256 available, uint256 required);
    error OrderNotUnfunded(bytes32 guid, uint256 index);
    /// @notice Shared decimals.
    error ReserveTooSmall(uint256 requested, uint256 reserved);
    error PayloadUnsupported();

    function vault() external view returns (IVault);
    function rail() external view returns (address);

    // --- owner

    function setLaneTerms(uint32 eid, LaneTerms calldata terms) external;
    function setLimits(Limits calldata limits) external;

    // --- transfers

    /// @notice Sells a transfer: takes the asset here and orders the payout there, from credit that is already set aside.
    function transfer(TransferParams calldata params) external payable returns (bytes32 guid, uint64 received);
    /// @param amount Asset units.
    function quoteTransfer(uint32 dstEid, uint256 amount) external view returns (TransferQuote memory);
    /// @notice Pays an order that came without credit, once there is enough.
    function fundOrder(uint32 srcEid, bytes32 guid, uint256 index, Order calldata order) external;

    // --- keeping: open to anyone

    /// @notice Moves cash over the rail where the rules admit it.
    /// @param amount Shared decimals.
    /// @param moveNumber The lane's `railOut` that the caller saw: of two keepers with one view, one succeeds.
    function rebalance(uint32 dstEid, uint64 amount, uint64 moveNumber) external payable returns (bytes32 guid);
    /// @notice What `rebalance` admits now, shared decimals, and what bounds it.
    function maxRebalance(uint32 dstEid) external view returns (uint64 amount, Limit limit);
    /// @notice LayerZero's fee for a rebalancing, wei.
    function quoteRebalance(uint32 dstEid, uint64 amount) external view returns (uint256 messageFee);
    /// @notice Sets cash aside for the other vault's orders, up to the lane's target, and tells it.
    function refillCredit(uint32 dstEid) external payable returns (uint64 granted);
    /// @notice What `refillCredit` would grant now, shared decimals, and what bounds it.
    function maxGrant(uint32 dstEid) external view returns (uint64 amount, Limit limit);
    /// @notice Gives back credit above the other vault's target.
    function returnCredit(uint32 dstEid) external payable returns (uint64 returned);
    /// @notice Sends a bare statement.
    function sync(uint32 dstEid) external payable returns (bytes32 guid);
    /// @notice LayerZero's fee for a bare statement, wei.
    function quoteSync(uint32 dstEid) external view returns (uint256 messageFee);

    // --- rail

    /// @notice Rail only: value arrived, its tokens are in the vault. Shared decimals.
    function onRailReceived(uint32 srcEid, uint64 amount) external;

    // --- reading

    function lane(uint32 eid) external view returns (Lane memory);
    function laneEids() external view returns (uint32[] memory);
    function limits() external view returns (Limits memory);
    /// @notice What the other vault owes this one (negative: this one owes), as of the last call that touched the lane,
    /// shared decimals.
    function position(uint32 eid) external view returns (int256);
    /// @notice Credit that transfers to `eid` can spend, before `maxCredit`, shared decimals.
    function credit(uint32 eid) external view returns (uint256);
    /// @notice Cash set aside here for `eid`'s orders, shared decimals.
    function reservedFor(uint32 eid) external view returns (uint256);
    /// @notice Value on a rail to `eid`, as far as is known here, never understated, shared decimals.
    function inFlight(uint32 eid) external view returns (uint256);
    /// @notice Hash of an order that waits for credit; zero when there is none.
    function unfundedOrder(bytes32 guid, uint256 index) external view returns (bytes32);
}
