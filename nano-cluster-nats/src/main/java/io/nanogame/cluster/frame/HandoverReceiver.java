package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.HandoverFrame.MoveOver;
import io.nanogame.cluster.frame.HandoverFrame.PassedOn;
import io.nanogame.cluster.frame.HandoverFrame.RoadEnd;
import io.nanogame.cluster.frame.HandoverFrame.RoadEnded;
import io.nanogame.cluster.frame.HandoverFrame.SessionCommit;
import io.nanogame.cluster.frame.HandoverFrame.SessionDenied;
import io.nanogame.cluster.frame.HandoverFrame.SessionMoved;
import io.nanogame.cluster.frame.HandoverFrame.SessionOffered;
import io.nanogame.cluster.frame.HandoverFrame.SessionPart;
import io.nanogame.cluster.frame.HandoverFrame.SessionWanted;

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

	void moved(String from, SessionMoved frame);

	void roadEnd(String from, RoadEnd frame);

	void roadEnded(String from, RoadEnded frame);

	void moveOver(String from, MoveOver frame);

	void passedOn(String from, PassedOn frame);

}
