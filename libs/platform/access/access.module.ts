import { Global, Module } from '@nestjs/common';
import { MyPermissionsController } from './my-permissions.controller.js';
import { Roles } from './roles.js';

@Global()
@Module({ controllers: [MyPermissionsController], providers: [Roles], exports: [Roles] })
export class AccessModule {}
