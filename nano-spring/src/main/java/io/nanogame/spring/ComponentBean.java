package io.nanogame.spring;

import java.util.Objects;

import io.nanogame.lane.Lanes;
import io.nanogame.route.LaneSelector;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * A bean that is a {@link GameComponent}, or an {@link ObjectComponent}.
 *
 * @param name the name in routes
 * @param beanName the name of the bean
 * @param bean the bean as injected into other beans, possibly a proxy
 * @param type the user class behind all proxies, or that of the objects
 * @param lane selects the lane of its handlers, or null
 * @param stays whether sessions stay with it when the node is drained
 */
record ComponentBean(String name, String beanName, Object bean, Class<?> type, @Nullable LaneSelector lane,
		boolean stays) {

	private static final String SUFFIX = "Component";

	static ComponentBean of(String beanName, ListableBeanFactory beans, Lanes lanes) {
		if (!beans.isSingleton(beanName)) {
			throw InvalidComponentException.ofScope(beanName);
		}
		Object bean = beans.getBean(beanName);
		Class<?> type = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
		GameComponent annotation = Objects
			.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(type, GameComponent.class));
		String name = resolve(annotation.name(), beanName, beans);
		String lane = resolve(annotation.lane(), beanName, beans);
		return new ComponentBean(name.isEmpty() ? defaultName(type) : name, beanName, bean, type,
				lane.isEmpty() ? null : LaneSelector.of(lanes.named(lane)), annotation.staysOnDrain());
	}

	static ComponentBean of(ObjectComponent component) {
		return new ComponentBean(component.component(), component.component(), component, component.type(), component,
				false);
	}

	/** Returns the component if its handlers are those of many objects, else null. */
	@Nullable ObjectComponent objects() {
		return (this.bean instanceof ObjectComponent component) ? component : null;
	}

	private static String resolve(String written, String beanName, ListableBeanFactory beans) {
		try {
			return new AnnotatedNames(beans).resolve(written);
		}
		catch (IllegalArgumentException | BeansException ex) {
			throw InvalidComponentException.ofName(beanName, ex);
		}
	}

	private static String defaultName(Class<?> type) {
		String name = type.getSimpleName();
		boolean suffixed = name.endsWith(SUFFIX) && !name.equals(SUFFIX);
		return StringUtils.uncapitalizeAsProperty(suffixed ? name.substring(0, name.length() - SUFFIX.length()) : name);
	}

	@Override
	public String toString() {
		return (objects() != null) ? this.type.toString()
				: "bean '%s' of %s".formatted(this.beanName, this.type.getName());
	}

}
