package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.ClaimFrame.SessionCommit;
import io.nanogame.cluster.frame.ClaimFrame.SessionDenied;
import io.nanogame.cluster.frame.ClaimFrame.SessionOffered;
import io.nanogame.cluster.frame.ClaimFrame.SessionNotArrived;
import io.nanogame.cluster.frame.ClaimFrame.SessionPart;
import io.nanogame.cluster.frame.ClaimFrame.SessionWanted;
import io.nanogame.cluster.frame.MoveFrame.MoveOver;
import io.nanogame.cluster.frame.MoveFrame.PassedOn;
import io.nanogame.cluster.frame.MoveFrame.PathEnd;
import io.nanogame.cluster.frame.MoveFrame.PathEnded;
import io.nanogame.cluster.frame.MoveFrame.SessionMoved;

/**
 * Receives frames about sessions that move to another gateway. Called on the thread that
 * reads from the network, in the order of sending; must not block.
 */
public interface HandoverReceiver {

	void wanted(String from, SessionWanted frame);

	void denied(String from, SessionDenied frame);

	void offered(String from, SessionOffered frame);

	void committed(String from, SessionCommit frame);

	void part(String from, SessionPart frame);

	void parked(String from, SessionParked frame);

	void notArrived(String from, SessionNotArrived frame);

	void moved(String from, SessionMoved frame);

	void pathEnd(String from, PathEnd frame);

	void pathEnded(String from, PathEnded frame);

	void moveOver(String from, MoveOver frame);

	void passedOn(String from, PassedOn frame);

}
