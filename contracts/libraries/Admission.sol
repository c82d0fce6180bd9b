// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Limit, Limits} from "../interfaces/ILaneRouter.sol";
import {Report} from "../interfaces/IVault.sol";
import {FixedPoint, WAD} from "./FixedPoint.sol";
import {LaneLedger} from "./LaneLedger.sol";
import {LaneFlags} from "./MessageCodec.sol";
import {PackedLane} from "./PackedLane.sol";
import {BASIS_POINTS} from "./VaultLedger.sol";

/// @title Admission
/// @notice Who may move or set aside what: the rules that let anyone keep the network, as pure functions of what the
/// chain knows. All amounts in shared decimals.
library Admission {
    using FixedPoint for uint256;
    using FixedPoint for int256;
    using LaneLedger for PackedLane;

    /// @notice The largest rebalancing that is admitted now.
    /// @dev Either reason will do: a gap in utilization that holds for all four combinations of spot and average values
    /// (so that a gap made for the occasion moves nothing), or a settlement of at least half of what the other side's
    /// cap allows.
    /// @param sources Number of vaults that may fill the same gap: each takes its share, together they do not overshoot.
    function rebalance(PackedLane memory l, Report memory own, Limits memory limits, uint256 sources, uint256 timestamp)
        internal
        pure
        returns (uint256 amount, Limit limit)
    {
        if (l.remoteNonce() == 0) return (0, Limit.NoStatement);
        if (timestamp > l.remoteTime() + limits.statementMaxAge) return (0, Limit.StaleStatement);
        if (l.remoteTime() <= l.lastMove() && timestamp < l.lastMove() + limits.moveInterval) {
            return (0, Limit.RecentMove);
        }
        amount = _gap(l, own, limits.deadBand, sources);
        limit = amount == 0 ? Limit.NoGap : Limit.Gap;
        uint256 settlement = _settlement(l, own, limits.deadBand);
        if (settlement > amount) (amount, limit) = (settlement, Limit.Settlement);
        if (amount == 0) return (0, limit);

        (amount, limit) = _bound(amount, limit, own.free.zeroFloorSub(limits.cashFloor.decode()), Limit.FreeCash);
        (amount, limit) = _bound(amount, limit, l.claimRoom(), Limit.LaneCap);
        int256 position = l.position();
        uint256 debt = position.negativePart();
        uint256 share = (own.equity * limits.peerShare / BASIS_POINTS).zeroFloorSub(position.positivePart());
        (amount, limit) = _bound(amount, limit, debt + share, Limit.PeerShare);
        if (l.remoteFlags() & LaneFlags.OVERLEVERED != 0) {
            (amount, limit) = _bound(amount, limit, debt, Limit.PeerLeverage);
        }
        if (amount < limits.minimumMove.decode()) return (0, amount == 0 ? limit : Limit.Minimum);
    }

    /// @notice The largest grant of credit that is admitted now: up to the lane's target once less than half of it is left.
    function grant(PackedLane memory l, Report memory own, Limits memory limits)
        internal
        pure
        returns (uint256 amount, Limit limit)
    {
        uint256 target = l.creditTarget().decode();
        uint256 reserved = l.reserved();
        if (reserved * 2 >= target) return (0, Limit.CreditTarget);
        if (own.loans * BASIS_POINTS >= (own.loans + own.cash) * limits.grantUtilization) {
            return (0, Limit.Utilization);
        }
        if (l.remoteFlags() & LaneFlags.OVERLEVERED != 0) return (0, Limit.PeerLeverage);

        (amount, limit) = (target - reserved, Limit.CreditTarget);
        (amount, limit) = _bound(amount, limit, own.free.zeroFloorSub(limits.cashFloor.decode()), Limit.FreeCash);
        uint256 allReserved = own.cash - own.free;
        uint256 share = (own.cash * limits.reservedShare / BASIS_POINTS).zeroFloorSub(allReserved);
        (amount, limit) = _bound(amount, limit, share, Limit.ReservedShare);
        uint256 exposure = l.position().positivePart() + reserved;
        (amount, limit) = _bound(amount, limit, l.cap().decode().zeroFloorSub(exposure), Limit.LaneCap);
        share = (own.equity * limits.peerShare / BASIS_POINTS).zeroFloorSub(exposure);
        (amount, limit) = _bound(amount, limit, share, Limit.PeerShare);
    }

    /// @dev What evens out the least of the four gaps, divided among the sources; zero when one of them is inside the dead
    /// band. Value in flight counts as arrived.
    function _gap(PackedLane memory l, Report memory own, uint256 deadBand, uint256 sources)
        private
        pure
        returns (uint256 amount)
    {
        uint256 flying = l.inFlight();
        amount = type(uint256).max;
        for (uint256 i; i < 4; ++i) {
            (uint256 loans, uint256 free) = i & 1 == 0 ? (own.loans, own.free) : (own.averageLoans, own.averageFree);
            (uint256 remoteLoans, uint256 remoteFree) = i & 2 == 0
                ? (l.remoteLoans(), l.remoteFree() + flying)
                : (l.remoteAverageLoans(), l.remoteAverageFree() + flying);
            uint256 here = _utilization(loans, free);
            uint256 there = _utilization(remoteLoans, remoteFree);
            if (there < here + deadBand * (WAD / BASIS_POINTS) || there == here) return 0;
            // Free cash x that makes B/(B + L) equal on both sides when it moves: (B_j·L_i - B_i·L_j)/(B_i + B_j).
            uint256 even = (remoteLoans * free).zeroFloorSub(loans * remoteFree) / (loans + remoteLoans);
            amount = amount.min(even / sources);
        }
    }

    /// @dev What this vault owes on the lane, once it is half of what the other side lets it owe, as far as paying it leaves
    /// utilization here at most half a dead band above utilization there. Without that bound anyone could undo a
    /// rebalancing, which leaves a debt of its own, and the two rules would chase each other.
    function _settlement(PackedLane memory l, Report memory own, uint256 deadBand)
        private
        pure
        returns (uint256 amount)
    {
        uint256 debt = l.position().negativePart();
        if (debt == 0 || debt * 2 < l.remoteCap()) return 0;
        uint256 remoteFree = l.remoteFree() + l.inFlight();
        uint256 slack = deadBand * (WAD / BASIS_POINTS) / 2;
        // The largest admissible part of the debt, to 1/4096 of it.
        uint256 step = debt.min(own.free);
        if (_leavesLevel(l, own, remoteFree, step, slack)) return step;
        for (uint256 i; i < 12; ++i) {
            step /= 2;
            if (_leavesLevel(l, own, remoteFree, amount + step, slack)) amount += step;
        }
    }

    function _leavesLevel(PackedLane memory l, Report memory own, uint256 remoteFree, uint256 amount, uint256 slack)
        private
        pure
        returns (bool)
    {
        return _utilization(own.loans, own.free - amount) <= _utilization(l.remoteLoans(), remoteFree + amount) + slack;
    }

    function _utilization(uint256 loans, uint256 free) private pure returns (uint256) {
        return loans == 0 ? 0 : loans * WAD / (loans + free);
    }

    function _bound(uint256 amount, Limit limit, uint256 bound, Limit reason) private pure returns (uint256, Limit) {
        return amount <= bound ? (amount, limit) : (bound, reason);
    }
}
