package io.nanogame.docs;

import java.security.Principal;

import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

// tag::principal[]
@GameComponent("device")
class DeviceComponent {

	@Handler
	String name(Principal device) { // without a certificate: 401
		return device.getName(); // "CN=kiosk 7"
	}

}
// end::principal[]
