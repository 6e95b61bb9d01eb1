package io.nanogame.spring.match;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.nanogame.spring.AnnotatedTexts;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * The queues that this node has: the beans with {@link MatchQueue}. Thread-safe.
 */
public final class MatchQueues {

	private final ListableBeanFactory beans;

	/** The names of the beans, by queue. */
	private final Map<QueueInfo, String> queues = new LinkedHashMap<>();

	/**
	 * Reads the classes.
	 * @param beans the beans of the application
	 * @throws InvalidMatchQueueException when a class cannot be a queue, or two have the
	 * same name
	 */
	public MatchQueues(ListableBeanFactory beans) {
		this.beans = beans;
		for (String name : beans.getBeanNamesForAnnotation(MatchQueue.class)) {
			Class<?> type = ClassUtils.getUserClass(Objects.requireNonNull(beans.getType(name, false)));
			QueueInfo queue = read(name, type);
			if (names().contains(queue.queue())) {
				throw new InvalidMatchQueueException(type,
						"another class has the name '%s', too".formatted(queue.queue()));
			}
			this.queues.put(queue, name);
		}
	}

	private QueueInfo read(String bean, Class<?> type) {
		MatchQueue annotation = Objects
			.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(type, MatchQueue.class));
		if (!MatchRule.class.isAssignableFrom(type)) {
			throw new InvalidMatchQueueException(type, "it must implement MatchRule");
		}
		if (!this.beans.isSingleton(bean)) {
			throw new InvalidMatchQueueException(type, "its bean '%s' must be a singleton".formatted(bean));
		}
		AnnotatedTexts texts = new AnnotatedTexts(this.beans,
				(problem) -> new InvalidMatchQueueException(type, problem));
		String queue = texts.resolved(annotation.name());
		String room = texts.resolved(annotation.room());
		if (queue.isBlank() || room.isBlank()) {
			throw new InvalidMatchQueueException(type, "its name and its room must not be empty");
		}
		if (annotation.players() < 2) {
			throw new InvalidMatchQueueException(type, "a match must have at least two players");
		}
		return new QueueInfo(queue, room, annotation.players(),
				texts.positive("timeout", annotation.timeout()).toMillis());
	}

	/**
	 * Returns the names of the queues.
	 * @return in the order of their definition
	 */
	public List<String> names() {
		return this.queues.keySet().stream().map(QueueInfo::queue).toList();
	}

	List<QueueInfo> infos() {
		return List.copyOf(this.queues.keySet());
	}

	MatchRule rule(QueueInfo queue) {
		return this.beans.getBean(Objects.requireNonNull(this.queues.get(queue)), MatchRule.class);
	}

}
