package io.nanogame.spring;

import java.io.IOException;
import java.io.InputStream;

/**
 * Loads the classes of this package again, and hides one library from them.
 */
final class HidingClassLoader extends ClassLoader {

	private static final String OURS = HidingClassLoader.class.getPackageName() + ".";

	private final String hidden;

	HidingClassLoader(String hidden) {
		super(HidingClassLoader.class.getClassLoader());
		this.hidden = hidden;
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (name.startsWith(this.hidden)) {
			throw new ClassNotFoundException(name);
		}
		if (!name.startsWith(OURS)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}
	}

	private Class<?> define(String name) throws ClassNotFoundException {
		try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
			if (in == null) {
				throw new ClassNotFoundException(name);
			}
			byte[] bytes = in.readAllBytes();
			return defineClass(name, bytes, 0, bytes.length);
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

}
